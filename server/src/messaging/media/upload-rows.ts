import { enqueueJob } from '../../platform/jobs.ts';
import type { Query } from '../../platform/query.ts';
import { RuleBroken } from '../../platform/user-errors.ts';
import { DROP_MEDIA } from './drop-media.ts';
import type { MediaKind } from './media.ts';
import type { StoredFile } from './store-file.ts';

/** Files of one tenant that were uploaded and not sent. */
const MOST_UNSENT = 500;

export interface NewUpload {
  id: string;
  kind: MediaKind;
  mimeType: string;
  isVoice: boolean;
  /** Sealed. */
  fileKey: Buffer;
  fileName: Buffer;
}

/** Writes the row before the first byte is stored: whatever becomes of the upload, its file belongs to a row. Throws RATE_LIMITED. */
export async function beginUpload(query: Query, upload: NewUpload): Promise<void> {
  const [row] = await query<{ unsent: number }>(
    `select count(*)::int as unsent from media where contact_id is null and origin = 'UPLOADED' and created_at > cube_now() - interval '24 hours'`,
  );
  if ((row?.unsent ?? 0) >= MOST_UNSENT)
    throw new RuleBroken('RATE_LIMITED', `${MOST_UNSENT} uploaded files wait to be sent. Send some first.`);
  const { id, kind, mimeType, isVoice, fileKey, fileName } = upload;
  await query(
    `insert into media (id, kind, origin, status, mime_type, is_voice, file_key, file_name, store_key)
     values ($1, $2, 'UPLOADED', 'FETCHING', $3, $4, $5, $6, $7)`,
    [id, kind, mimeType, isVoice, fileKey, fileName, id],
  );
}

export async function endUpload(query: Query, id: string, stored: StoredFile): Promise<void> {
  const { size, width, height, durationMs, isAnimated, thumbnailSize } = stored;
  await query(
    `update media set status = 'STORED', size = $2, width = $3, height = $4, duration_ms = $5, is_animated = $6, thumbnail_size = $7,
       stored_at = cube_now() where id = $1`,
    [id, size, width, height, durationMs, isAnimated, thumbnailSize],
  );
}

/** Has the row deleted, and what there is of the file. */
export async function abandonUpload(query: Query, id: string): Promise<void> {
  await query(`update media set status = 'GONE', file_key = null, file_name = null where id = $1`, [id]);
  await enqueueJob(query, DROP_MEDIA, id);
}
