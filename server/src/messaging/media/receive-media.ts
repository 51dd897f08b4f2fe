import { randomBytes } from 'node:crypto';
import { enqueueJobs } from '../../platform/jobs.ts';
import { place, seal, type SealingKey } from '../../platform/sealed.ts';
import type { ReceivedMedia } from '../../whatsapp/content.ts';
import { FILE_NAME_MAX } from '../../whatsapp/limits.ts';
import type { Window } from '../window.ts';
import type { MediaKind } from './media.ts';

/** The job that brings a received file here; its id is the file's. */
export const FETCH_MEDIA = 'fetch_media';

/** A file that a message brought, before anything of it is stored. */
export interface FileReceived {
  tenantId: string;
  /** Of the new row; the message's `media_id`. */
  id: string;
  contactId: string;
  numberId: string;
  kind: `${MediaKind}`;
  media: ReceivedMedia;
  /** The contact's key. */
  key: SealingKey;
}

// The key and the name in the store are there before the file: whoever fetches it, once or twice, writes the same object.
const INSERT = `
  insert into media (tenant_id, id, contact_id, number_id, kind, origin, status, mime_type, file_name, file_key, store_key, is_voice, is_animated,
    meta_id, meta_sha256, meta_expires_at)
  select tenant_id, id, contact_id, number_id, kind, 'RECEIVED', 'FETCHING', mime_type, file_name, file_key, id, is_voice, is_animated,
    meta_id, meta_sha256, cube_now() + interval '7 days'
  from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::bytea[], $8::bytea[], $9::boolean[], $10::boolean[],
    $11::text[], $12::text[])
    as u(tenant_id, id, contact_id, number_id, kind, mime_type, file_name, file_key, is_voice, is_animated, meta_id, meta_sha256)`;

/**
 * Writes down files that were received, and has them fetched once the window is committed: Meta keeps them for 7 days. Call it after their
 * contacts are inserted and before their messages are.
 */
export async function insertReceivedMedia({ query }: Window, files: readonly FileReceived[]): Promise<void> {
  if (!files.length) return;
  const inserted = query(INSERT, [
    files.map(({ tenantId }) => tenantId),
    files.map(({ id }) => id),
    files.map(({ contactId }) => contactId),
    files.map(({ numberId }) => numberId),
    files.map(({ kind }) => kind),
    files.map(({ media }) => typeOf(media.mimeType)),
    files.map((file) => sealName(file)),
    files.map(({ tenantId, id, key }) => seal(key, place(tenantId, 'media', 'file_key', id), randomBytes(32))),
    files.map(({ media }) => media.isVoice ?? false),
    files.map(({ media }) => media.isAnimated ?? false),
    files.map(({ media }) => media.metaId),
    files.map(({ media }) => media.sha256 ?? null),
  ]);
  await Promise.all([inserted, enqueueJobs(query, FETCH_MEDIA, files)]);
}

function sealName({ tenantId, id, key, media }: FileReceived): Buffer | null {
  return media.fileName ? seal(key, place(tenantId, 'media', 'file_name', id), shorten(media.fileName)) : null;
}

/** As long as WhatsApp takes it back, and with its ending: a file that came can be sent on. */
function shorten(name: string): string {
  const letters = [...name.toWellFormed()];
  if (letters.length <= FILE_NAME_MAX) return letters.join('');
  const ending = /\.\w{1,10}$/.exec(name)?.[0] ?? '';
  return letters.slice(0, FILE_NAME_MAX - ending.length).join('') + ending;
}

/** What the sender says it is, if that is a type at all. Its content decides once it is here. */
function typeOf(mimeType: string): string {
  // Of its parameters only the codec is kept: others may hold a name.
  const [type, codecs = ''] =
    /^([\w.+-]{1,60}\/[\w.+-]{1,80})(?:\s*;\s*(codecs=[\w.", -]{1,40})|\s*;.*)?$/.exec(mimeType)?.slice(1) ?? [];
  if (type === undefined) return 'application/octet-stream';
  return codecs ? `${type}; ${codecs}` : type;
}
