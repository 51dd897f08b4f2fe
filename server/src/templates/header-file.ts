import { askMeta } from '../conversations/ask-meta.ts';
import type { Context, Transaction } from '../platform/context.ts';
import { openFileKey, partPlace, storeName } from '../platform/file-key.ts';
import { isId } from '../platform/ids.ts';
import { openFile } from '../platform/sealed-file.ts';
import { Sealed } from '../platform/sealed.ts';
import { RuleBroken } from '../platform/user-errors.ts';
import type { TemplateComponent } from '../whatsapp/template-components.ts';
import type { AccountAccess } from './account-access.ts';

const FIELD = ['header', 'headerMediaId'];
/** What Meta takes as the example of a header. */
const EXAMPLES: Record<string, readonly string[]> = {
  IMAGE: ['image/jpeg', 'image/png'],
  VIDEO: ['video/mp4'],
  DOCUMENT: ['application/pdf'],
};

interface FileRow {
  kind: string;
  mime_type: string;
  size: string;
  store_key: string;
  file_key: Buffer;
  contact_id: string | null;
}

/**
 * Checks the file that a header shows to Meta. It must be one of the company's own: what a customer sent is theirs.
 * Throws NOT_FOUND, MEDIA_NOT_READY, MEDIA_TYPE_NOT_ALLOWED.
 */
export async function checkHeaderFile(tx: Transaction, mediaId: string, kind: string): Promise<void> {
  const file = await findFile(tx, mediaId);
  if (file.kind !== kind || !EXAMPLES[kind]?.includes(file.mime_type))
    throw new RuleBroken('MEDIA_TYPE_NOT_ALLOWED', `Meta takes ${EXAMPLES[kind]?.join(' or ') ?? 'no file'} here.`, FIELD);
}

/** The components with the handle that Meta gave the header's file, which is uploaded for it. Throws as `checkHeaderFile` and `askMeta`. */
export async function withHeaderHandle(
  ctx: Context,
  { appId, token }: AccountAccess,
  components: TemplateComponent[],
  mediaId: string | null,
): Promise<TemplateComponent[]> {
  const header = components.find((component) => component.type === 'HEADER' && component.example?.header_handle);
  if (!header || !mediaId) return components;
  const { keys, media } = ctx.services;
  const { tenantId } = ctx.me;
  const { file, key } = await ctx.command(async (tx) => {
    const row = await findFile(tx, mediaId);
    await keys.loadTenants(tx.query, [tenantId]);
    await keys.loadContactKeys(tx.query, tenantId, [new Sealed(row.file_key).keyId]);
    return { file: row, key: openFileKey(keys, tenantId, mediaId, row.file_key) };
  });
  const size = Number(file.size);
  const read = (range: { start: number; end: number }) => media.read(storeName(file.store_key, 'file'), range);
  const bytes = () => openFile(key, partPlace(tenantId, file.store_key, 'file'), size, read);
  const handle = await askMeta(ctx, (api) =>
    api.uploadHandle(appId, token, { bytes, size, mimeType: file.mime_type, fileName: 'example' }),
  );
  return components.map((component) =>
    component.type === 'HEADER' ? { ...component, example: { header_handle: [handle] } } : component,
  );
}

async function findFile({ query }: Transaction, mediaId: string): Promise<FileRow> {
  const [file] = isId(mediaId)
    ? await query<FileRow & { status: string }>(
        'select kind, mime_type, size::text, store_key, file_key, contact_id, status from media where id = $1',
        [mediaId],
      )
    : [];
  if (!file || file.contact_id !== null) throw new RuleBroken('NOT_FOUND', 'No such file.', FIELD);
  if (file.status !== 'STORED' || !file.file_key)
    throw new RuleBroken('MEDIA_NOT_READY', 'The file is not here yet, or is gone.', FIELD);
  return file;
}
