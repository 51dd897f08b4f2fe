import type { Context, Transaction } from '../platform/context.ts';
import { openFileKey, partPlace, storeName } from '../platform/file-key.ts';
import { isId } from '../platform/ids.ts';
import { openFile } from '../platform/sealed-file.ts';
import { Sealed } from '../platform/sealed.ts';
import { RuleBroken } from '../platform/user-errors.ts';
import type { FileToUpload } from '../whatsapp/upload-media.ts';

export interface OwnFile {
  mediaId: string;
  kind: string;
  mimeType: string;
  /** Bytes. */
  size: number;
  storeKey: string;
  fileKey: Buffer;
}

/** A file that the company uploaded: what a customer sent is theirs. Throws NOT_FOUND and MEDIA_NOT_READY about `field`. */
export async function ownFile({ query }: Transaction, mediaId: string, field: string[]): Promise<OwnFile> {
  const [file] = isId(mediaId)
    ? await query<{
        kind: string;
        mime_type: string;
        size: string;
        store_key: string;
        file_key: Buffer | null;
        contact_id: string | null;
        status: string;
      }>('select kind, mime_type, size::text, store_key, file_key, contact_id, status from media where id = $1', [mediaId])
    : [];
  if (!file || file.contact_id !== null) throw new RuleBroken('NOT_FOUND', 'No such file.', field);
  if (file.status !== 'STORED' || !file.file_key)
    throw new RuleBroken('MEDIA_NOT_READY', 'The file is not here yet, or is gone.', field);
  const { kind, mime_type: mimeType, size, store_key: storeKey, file_key: fileKey } = file;
  return { mediaId, kind, mimeType, size: Number(size), storeKey, fileKey };
}

/** The file as Meta takes it: opened while it is read, never whole in memory. */
export async function fileForMeta(ctx: Context, tx: Transaction, file: OwnFile, fileName: string): Promise<FileToUpload> {
  const { keys, media } = ctx.services;
  const { tenantId } = ctx.me;
  const { mediaId, mimeType, size, storeKey } = file;
  await keys.loadTenants(tx.query, [tenantId]);
  await keys.loadContactKeys(tx.query, tenantId, [new Sealed(file.fileKey).keyId]);
  const key = openFileKey(keys, tenantId, mediaId, file.fileKey);
  const read = (range: { start: number; end: number }) => media.read(storeName(storeKey, 'file'), range);
  return { bytes: () => openFile(key, partPlace(tenantId, storeKey, 'file'), size, read), size, mimeType, fileName };
}
