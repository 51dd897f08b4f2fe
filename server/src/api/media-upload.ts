import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import multipart, { type MultipartFile, type MultipartValue } from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { authenticate } from '../identity/authenticate.ts';
import { dropUpload, type KeptUpload, keepUpload } from '../messaging/media/keep-upload.ts';
import { mediaUrl } from '../messaging/media/media-ticket.ts';
import { MediaKind } from '../messaging/media/media.ts';
import type { Services } from '../platform/context.ts';
import { RuleBroken } from '../platform/user-errors.ts';
import type { Viewer } from '../platform/viewer.ts';
import { credentialsOf } from './credentials.ts';
import { answerRefusal, HttpRefusal } from './media-answer.ts';

/** The largest file there is, and what a form adds to it. */
const MOST_BYTES = 100 * 1024 * 1024;
const FORM_BYTES = 64 * 1024;
/** Without a single byte. */
const SILENCE_MS = 30_000;
/** How long the rest of a refused upload is read: whoever is still sending would not see the answer. */
export const DRAIN_MS = 20_000;

/** What a form may say of its file. */
const FIELDS = ['kind', 'isVoice'];

const STATUS: Record<string, number> = { MEDIA_TOO_LARGE: 413, MEDIA_TYPE_NOT_ALLOWED: 415, RATE_LIMITED: 429 };

/** Uploads by `POST /media`: a form with one `file`, and before it `kind` and `isVoice` if wanted. */
export function serveUploads(server: FastifyInstance, services: Services, isSecure: boolean): void {
  void server.register(async (scope) => {
    // Nowhere else are forms read.
    await scope.register(multipart, {
      throwFileSizeLimit: false,
      limits: { files: 1, fields: 8, fieldSize: 200, fileSize: MOST_BYTES + 1, headerPairs: 50 },
    });
    scope.post('/media', async (request, reply) => {
      try {
        const { tenantId } = await uploader(services, request, isSecure);
        const kept = await unlessSilent(request.raw.socket, () => take(services, tenantId, request));
        return await reply.code(201).send({ media: await answerOf(services, tenantId, kept) });
      } catch (error) {
        drain(request.raw);
        return answerRefusal(reply, refusalOf(error));
      }
    });
  });
}

/** Breaks off an upload that falls silent. Its time-out is gone before the answer goes out: from then on the socket waits for the next request. */
async function unlessSilent<T>(socket: Socket, read: () => Promise<T>): Promise<T> {
  const before = socket.timeout ?? 0;
  const giveUp = () => void socket.destroy();
  socket.setTimeout(SILENCE_MS, giveUp);
  try {
    return await read();
  } finally {
    socket.off('timeout', giveUp).setTimeout(before);
  }
}

/** Who uploads. Throws before a byte of the file is read. */
async function uploader(services: Services, request: FastifyRequest, isSecure: boolean): Promise<Viewer> {
  const viewer = await authenticate(services, credentialsOf(request.raw, isSecure));
  if (!viewer) throw new HttpRefusal(401, 'UNAUTHENTICATED', 'Sign in, or send an API key.');
  if (!viewer.permissions.has('inbox:reply')) throw new HttpRefusal(403, 'FORBIDDEN', 'You may not send messages, nor files.');
  if (!request.isMultipart())
    throw new HttpRefusal(415, 'BAD_INPUT', 'Send the file as multipart/form-data, in the field `file`.');
  if (Number(request.headers['content-length'] ?? 0) > MOST_BYTES + FORM_BYTES)
    throw new HttpRefusal(413, 'MEDIA_TOO_LARGE', 'WhatsApp takes files of up to 100 MB.');
  return viewer;
}

/** Reads the form to its end. A file is kept only of a form that is right as a whole. */
async function take(services: Services, tenantId: string, request: FastifyRequest): Promise<KeptUpload> {
  const fields = new Map<string, string>();
  let kept: KeptUpload | undefined;
  try {
    for await (const part of request.parts()) {
      if (part.type === 'field') note(fields, part, kept !== undefined);
      else if (part.fieldname !== 'file') throw new HttpRefusal(422, 'BAD_INPUT', 'Put the file into the field `file`.');
      else kept = await keep(services, tenantId, part, fields);
    }
  } catch (error) {
    if (kept) await dropUpload(services, tenantId, kept.id);
    throw error;
  }
  if (!kept) throw new HttpRefusal(422, 'BAD_INPUT', 'There is no file in the form. Put it into the field `file`.');
  return kept;
}

/** The form is read as it comes: what says how a file is meant stands before it. */
function note(fields: Map<string, string>, { fieldname, value }: MultipartValue, isLate: boolean): void {
  if (!FIELDS.includes(fieldname))
    throw new HttpRefusal(422, 'BAD_INPUT', `Besides the file a form holds ${FIELDS.join(' and ')}, and nothing else.`);
  if (isLate) throw new HttpRefusal(422, 'BAD_INPUT', `Put ${fieldname} before the file.`);
  if (fields.has(fieldname)) throw new HttpRefusal(422, 'BAD_INPUT', `Give ${fieldname} once.`);
  fields.set(fieldname, String(value));
}

function keep(services: Services, tenantId: string, part: MultipartFile, fields: Map<string, string>): Promise<KeptUpload> {
  const kind = fields.get('kind');
  const isVoice = fields.get('isVoice') ?? 'false';
  if (kind !== undefined && !Object.hasOwn(MediaKind, kind))
    throw new HttpRefusal(422, 'BAD_INPUT', `kind is one of ${Object.keys(MediaKind).join(', ')}.`);
  if (isVoice !== 'true' && isVoice !== 'false') throw new HttpRefusal(422, 'BAD_INPUT', 'isVoice is true or false.');
  return keepUpload(services, tenantId, {
    fileName: part.filename,
    saidToBe: part.mimetype,
    ...(kind && { kind: kind as MediaKind }),
    isVoice: isVoice === 'true',
    bytes: part.file,
  });
}

async function answerOf(services: Services, tenantId: string, kept: KeptUpload) {
  const { thumbnailSize, isAnimated: _, ...media } = kept;
  const url = await mediaUrl(services, tenantId, kept.id, 'file');
  const thumbnailUrl = thumbnailSize === null ? null : await mediaUrl(services, tenantId, kept.id, 'thumbnail');
  return { ...media, url, thumbnailUrl };
}

function refusalOf(error: unknown): HttpRefusal {
  if (error instanceof HttpRefusal) return error;
  if (error instanceof RuleBroken) return new HttpRefusal(STATUS[error.code] ?? 422, error.code, error.message);
  const { code = '', statusCode = 500 } = error as { code?: string; statusCode?: number };
  if (/^FST_(FILES|PARTS|FIELDS)_LIMIT|^FST_REQ_FILE_TOO_LARGE/.test(code))
    return new HttpRefusal(422, 'BAD_INPUT', 'Send one file, and not more than its fields.');
  // A form that is cut off or malformed.
  if (statusCode < 500 || code === 'ECONNRESET' || /multipart|Unexpected end of form|Malformed/i.test((error as Error).message))
    return new HttpRefusal(422, 'BAD_INPUT', 'The form cannot be read.');
  throw error;
}

/** Reads on into nothing. Of a request that was read to its end there is nothing left to wait for: its socket may have the next one. */
function drain(request: IncomingMessage): void {
  if (request.readableEnded || request.closed) return;
  request.unpipe();
  request.resume();
  const timer = setTimeout(() => request.socket.destroy(), DRAIN_MS);
  timer.unref();
  request.once('close', () => clearTimeout(timer));
}
