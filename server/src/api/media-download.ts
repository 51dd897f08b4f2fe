import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type FilePart, partPlace, storeName } from '../platform/file-key.ts';
import { readTicket } from '../messaging/media/media-ticket.ts';
import { findStoredFile, type ReadableFile } from '../messaging/media/stored-file.ts';
import type { Services } from '../platform/context.ts';
import { isId } from '../platform/ids.ts';
import { FileMissing } from '../platform/media-store.ts';
import { SealBroken } from '../platform/sealed.ts';
import { type ByteRange, openFile } from '../platform/sealed-file.ts';
import { bareType } from '../whatsapp/media-limits.ts';
import { readRange } from './byte-range.ts';
import { answerRefusal, HttpRefusal } from './media-answer.ts';

interface Asked {
  Params: { id: string };
  Querystring: { ticket?: string };
}

/** What browsers show by themselves and that can run nothing. */
const SHOWN = /^(image\/(jpeg|png|webp)|audio\/(aac|amr|mpeg|mp4|ogg)|video\/(mp4|3gpp)|application\/pdf)$/;
const SANDBOX = `sandbox; default-src 'none'; frame-ancestors 'none'`;
/** Browsers' viewers of PDF do not work in a sandbox; they are one themselves. */
const PDF = `script-src 'none'; frame-ancestors 'none'`;

/** Files by `GET /media/{id}` and `/media/{id}/thumbnail`, to whoever has a ticket. */
export function serveDownloads(server: FastifyInstance, services: Services): void {
  const serve = (part: FilePart) => async (request: FastifyRequest<Asked>, reply: FastifyReply) => {
    try {
      return await answer(services, request, reply, part);
    } catch (error) {
      if (error instanceof HttpRefusal) return refuse(reply, error);
      throw error;
    }
  };
  server.get<Asked>('/media/:id', serve('file'));
  server.get<Asked>('/media/:id/thumbnail', serve('thumbnail'));
}

/** What was said of the file does not hold for a refusal. */
function refuse(reply: FastifyReply, refusal: HttpRefusal): FastifyReply {
  for (const name of ['content-length', 'content-disposition', 'accept-ranges', 'etag']) reply.removeHeader(name);
  if (refusal.status !== 416) reply.removeHeader('content-range');
  reply.headers({ 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  return answerRefusal(reply, refusal);
}

async function answer(
  services: Services,
  request: FastifyRequest<Asked>,
  reply: FastifyReply,
  part: FilePart,
): Promise<FastifyReply> {
  const { id } = request.params;
  const tenantId = await admit(services, id, request.query.ticket ?? '', part);
  const file = await find(services, tenantId, id, part);
  const size = part === 'file' ? file.size : (file.thumbnailSize ?? 0);
  const etag = `"${id}.${part}"`;
  describe(reply, file, part, etag);
  if (request.headers['if-none-match']?.includes(etag)) return reply.code(304).send();
  const isSame = request.headers['if-range'] === undefined || request.headers['if-range'] === etag;
  const range = isSame ? readRange(request.headers.range, size) : null;
  if (range === 'unsatisfiable') {
    reply.header('content-range', `bytes */${size}`);
    throw new HttpRefusal(416, 'BAD_INPUT', `The file has ${size} bytes.`);
  }
  if (range) reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${size}`);
  reply.header('content-length', range ? range.end - range.start + 1 : size);
  // A stream without anything: its length is the one that was just said.
  if (request.method === 'HEAD') return reply.send(Readable.from([]));
  return reply.send(await open(services, tenantId, file, part, size, range ?? undefined));
}

/** Whose file the ticket lets read. */
async function admit(services: Services, id: string, text: string, part: FilePart): Promise<string> {
  const ticket = isId(id) ? await readTicket(services, text, id, part) : null;
  if (!ticket) throw new HttpRefusal(403, 'FORBIDDEN', 'This address is not valid. Ask the API for the `url` of the file.');
  if (ticket.expiresAt * 1000 <= services.clock.now().getTime())
    throw new HttpRefusal(410, 'TICKET_EXPIRED', 'This address has expired. Ask the API for the `url` of the file again.');
  return ticket.tenantId;
}

async function find(services: Services, tenantId: string, id: string, part: FilePart): Promise<ReadableFile> {
  const file = await findStoredFile(services, tenantId, id);
  if (file === 'GONE') throw new HttpRefusal(410, 'GONE', 'This file was deleted.');
  if (file === 'NOT_READY') throw new HttpRefusal(404, 'MEDIA_NOT_READY', 'This file is not here yet.');
  if (file === 'MISSING' || (part === 'thumbnail' && file.thumbnailSize === null))
    throw new HttpRefusal(404, 'NOT_FOUND', 'There is no such file.');
  return file;
}

function describe(reply: FastifyReply, { mimeType, fileName }: ReadableFile, part: FilePart, etag: string): void {
  const type = part === 'thumbnail' ? 'image/webp' : mimeType;
  const isShown = SHOWN.test(bareType(type));
  reply.headers({
    'content-type': isShown ? type : 'application/octet-stream',
    'content-disposition': disposition(isShown ? 'inline' : 'attachment', part === 'file' ? fileName : null),
    'content-security-policy': bareType(type) === 'application/pdf' ? PDF : SANDBOX,
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'accept-ranges': 'bytes',
    'cache-control': 'private, max-age=3600, immutable',
    etag,
  });
}

/** RFC 6266: a plain name for old readers, and the right one as RFC 5987 writes it. */
function disposition(how: 'inline' | 'attachment', name: string | null): string {
  if (!name) return how;
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_');
  const right = encodeURIComponent(name.toWellFormed()).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${how}; filename="${plain}"; filename*=UTF-8''${right}`;
}

/** Opens the file for reading. A file that is not there, or does not open, is found out before the answer begins. */
async function open(
  services: Services,
  tenantId: string,
  { key, storeKey }: ReadableFile,
  part: FilePart,
  size: number,
  range?: ByteRange,
): Promise<Readable> {
  const read = (bytes: ByteRange) => services.media.read(storeName(storeKey, part), bytes);
  const pieces = openFile(key, partPlace(tenantId, storeKey, part), size, read, range);
  const first = await pieces.next().catch((error: unknown) => {
    if (!(error instanceof FileMissing) && !(error instanceof SealBroken)) throw error;
    services.log.error({ err: error, media: storeKey }, 'A file cannot be read from the media store.');
    throw new HttpRefusal(500, 'FILE_DAMAGED', 'This file is missing or damaged in our store. Tell your administrator.');
  });
  async function* all(): AsyncGenerator<Buffer> {
    try {
      if (!first.done) yield first.value;
      yield* pieces;
    } finally {
      await pieces.return(undefined);
    }
  }
  return Readable.from(all(), { objectMode: false });
}
