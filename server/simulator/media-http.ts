import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerJson } from './answer.ts';
import { type GraphCall, refuse, refuseUnknown } from './graph-call.ts';
import { faultOfFile } from './media-types.ts';
import { refusal } from './meta-errors.ts';
import type { NumberState } from './number-state.ts';
import { isTurnedAway, tokenOf } from './turn-away.ts';
import type { World } from './world.ts';

const NOT_FOUND = {
  httpStatus: 404,
  body: { error: { message: 'The link has expired', type: 'OAuthException', code: 100, fbtrace_id: 'A' } },
};

/** `POST /{number}/media`: a form with the file and its type. */
export async function uploadMedia(call: GraphCall, { number }: NumberState): Promise<object> {
  const form = await formOf(call);
  if (form.get('messaging_product') !== 'whatsapp') refuse(100, "messaging_product must be 'whatsapp'");
  for (const key of form.keys())
    if (!['messaging_product', 'file', 'type'].includes(key)) refuse(100, `Unexpected key "${key}" on param`);
  const file = form.get('file');
  if (!(file instanceof File)) refuse(131008, 'file is required');
  const type = form.get('type');
  const mimeType = (typeof type === 'string' && type) || file.type;
  const bytes = Buffer.from(await file.arrayBuffer());
  const wrong = faultOfFile(mimeType, bytes);
  if (wrong) refuse(131053, wrong);
  const { wabaId, phoneNumberId } = number;
  const media = call.world.media.add({ bytes, mimeType, fileName: file.name, wabaId, phoneNumberId, from: 'business' }, call.now);
  return { id: media.id };
}

function formOf({ bytes, contentType }: GraphCall): Promise<FormData> {
  if (!contentType.startsWith('multipart/form-data')) refuse(100, 'Send multipart/form-data');
  return new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType } })
    .formData()
    .catch(() => refuse(100, 'The form cannot be read'));
}

/** `GET` and `DELETE /{file}`. A file of another account, or too old, is one that does not exist. */
export function answerMedia({ world, method, id, query, token, now }: GraphCall): object {
  const media = world.media.get(id, now);
  if (!media || !world.tokens.owns(token, media.wabaId)) refuseUnknown(method, id);
  const phoneNumberId = query.get('phone_number_id');
  if (phoneNumberId !== null && phoneNumberId !== media.phoneNumberId) refuseUnknown(method, id);
  if (method === 'DELETE') {
    world.media.delete(id);
    return { success: true };
  }
  if (method !== 'GET') refuseUnknown(method, id);
  return {
    messaging_product: 'whatsapp',
    url: world.url + world.media.link(id, now),
    mime_type: media.mimeType,
    sha256: media.sha256,
    file_size: String(media.bytes.length),
    id,
  };
}

/** A file by the address a look-up or a webhook gave: five minutes, and only with the token. */
export async function answerDownload(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (world.faults.draw('download', true)) return void request.socket.resetAndDestroy();
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://simulator');
  if (world.settings.delayMs > 0) await world.pauses.pause(world.settings.delayMs);
  const token = tokenOf(request);
  const code = world.tokens.fault(token, 'messaging');
  if (code || token === undefined) return answerRefusal(response, refusal(code ?? 190));
  const fault = world.faults.draw('download');
  if (fault && isTurnedAway(fault, request, response)) return;
  const now = world.now();
  const id = pathname.slice('/media/'.length);
  const media = world.media.get(id, now);
  const isThere = media && world.tokens.owns(token, media.wabaId) && world.media.isLinkGood(id, searchParams, now);
  if (!isThere) return answerRefusal(response, NOT_FOUND);
  if (fault?.kind === 'delay') await world.pauses.pause(fault.ms);
  if (fault?.kind === 'hang') return;
  response.writeHead(200, { 'content-type': media.mimeType, 'content-length': media.bytes.length });
  if (fault?.kind !== 'drop') return void response.end(media.bytes);
  // Half of it, then nothing.
  response.write(media.bytes.subarray(0, media.bytes.length >> 1), () => request.socket.resetAndDestroy());
}

function answerRefusal(response: ServerResponse, { httpStatus, body }: { httpStatus: number; body: object }): void {
  answerJson(response, httpStatus, body);
}

/** What was uploaded as the example of a template or as a profile picture: open to all, as at Meta. */
export function answerSample(world: World, request: IncomingMessage, response: ServerResponse): void {
  const handle = decodeURIComponent((request.url ?? '').slice('/sample/'.length));
  const upload = world.uploads.byHandle(handle);
  if (!upload) return answerRefusal(response, NOT_FOUND);
  response.writeHead(200, { 'content-type': upload.mimeType, 'content-length': upload.bytes.length }).end(upload.bytes);
}
