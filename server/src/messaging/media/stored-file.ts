import type { KeyObject } from 'node:crypto';
import type { Services } from '../../platform/context.ts';
import { place, Sealed } from '../../platform/sealed.ts';
import { tenantQuery } from '../../platform/tenant-query.ts';
import { openFileKey, unlessKeyGone } from '../../platform/file-key.ts';
import type { MediaStatus } from './media.ts';

/** A file that can be read. */
export interface ReadableFile {
  storeKey: string;
  key: KeyObject;
  mimeType: string;
  size: number;
  thumbnailSize: number | null;
  fileName: string | null;
}

/** Why there is nothing to read: no such file, not here yet, or never again. */
export type Unreadable = 'MISSING' | 'NOT_READY' | 'GONE';

interface Row {
  status: `${MediaStatus}`;
  mime_type: string;
  size: string | null;
  thumbnail_size: number | null;
  store_key: string | null;
  file_key: Buffer | null;
  file_name: Buffer | null;
}

const FIND = 'select status, mime_type, size::text, thumbnail_size, store_key, file_key, file_name from media where id = $1';

/** Finds a file of the tenant and opens its key. A key that was destroyed makes the file one that is gone. */
export async function findStoredFile(
  { database, keys }: Pick<Services, 'database' | 'keys'>,
  tenantId: string,
  id: string,
): Promise<ReadableFile | Unreadable> {
  return tenantQuery(database.app, tenantId, async (query) => {
    const [row] = await query<Row>(FIND, [id]);
    if (!row) return 'MISSING';
    const { status, file_key: fileKey, file_name: fileName, store_key: storeKey } = row;
    if (status !== 'STORED') return status === 'GONE' ? 'GONE' : 'NOT_READY';
    if (!fileKey || !storeKey) return 'GONE';
    await keys.loadTenants(query, [tenantId]);
    await keys.loadContactKeys(query, tenantId, [new Sealed(fileKey).keyId]);
    const opened = unlessKeyGone(() => ({
      key: openFileKey(keys, tenantId, id, fileKey),
      fileName: fileName && keys.open(tenantId, place(tenantId, 'media', 'file_name', id), fileName),
    }));
    if (!opened) return 'GONE';
    return { ...opened, storeKey, mimeType: row.mime_type, size: Number(row.size), thumbnailSize: row.thumbnail_size };
  });
}
