import { type GraphCall, refuse, refuseUnknown } from './graph-call.ts';
import { FILE_MAX } from './media-types.ts';

const TYPES = new Set(['application/pdf', 'image/jpeg', 'image/jpg', 'image/png', 'video/mp4']);

/** `POST /{app}/uploads`: begins a resumable upload. `app` stands for the token's own app. */
export function beginUpload({ world, method, id, edge, query, fields, token }: GraphCall): object {
  const appId = world.webhooks.appOf(world.tokens.numbers(token)[0]?.wabaId ?? '');
  if (edge === undefined && method === 'GET') return { id: appId, name: 'Shop', link: 'https://shop.example/' };
  if (edge !== 'uploads' || method !== 'POST' || (id !== 'app' && id !== appId)) refuseUnknown(method, id);
  const given = (name: string) => query.get(name) ?? (typeof fields[name] === 'string' ? fields[name] : undefined);
  const size = Number(given('file_length'));
  const mimeType = given('file_type') ?? '';
  if (!Number.isInteger(size) || size < 1 || size > FILE_MAX) refuse(100, 'file_length must be the number of bytes');
  if (!TYPES.has(mimeType)) refuse(100, `file_type must be one of ${[...TYPES].join(', ')}`);
  return { id: world.uploads.begin(given('file_name') ?? 'file', mimeType, size).id };
}

/** `POST /upload:…` takes bytes from `file_offset` on; `GET` says how many are there. */
export function answerUpload({ world, method, id, headers, bytes }: GraphCall): object {
  const upload = world.uploads.get(id) ?? refuseUnknown(method, id);
  if (method === 'GET') return { id, file_offset: upload.bytes.length };
  if (method !== 'POST') refuseUnknown(method, id);
  if (!String(headers.authorization).startsWith('OAuth ')) refuse(190, 'An upload needs "Authorization: OAuth"');
  const offset = Number(headers.file_offset ?? 0);
  if (offset !== upload.bytes.length) refuse(100, `file_offset must be ${upload.bytes.length}`);
  if (offset + bytes.length > upload.size) refuse(100, 'More bytes than file_length');
  const h = world.uploads.append(upload, bytes);
  return h === undefined ? { id, file_offset: upload.bytes.length } : { h };
}
