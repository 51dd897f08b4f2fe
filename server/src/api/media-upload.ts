import type { IncomingMessage } from 'node:http';
import multipart, { type MultipartFile } from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { authenticate } from '../identity/authenticate.ts';
import { type KeptUpload, keepUpload } from '../messaging/media/keep-upload.ts';
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
const DRAIN_MS = 20_000;

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
      const { socket } = request.raw;
      // The socket outlives the request: what listens for this one's silence must go with it.
      const giveUp = () => void socket.destroy();
      try {
        const { tenantId } = await uploader(services, request, isSecure);
        socket.setTimeout(SILENCE_MS, giveUp);
        return await reply.code(201).send({ media: await answerOf(services, tenantId, await take(services, tenantId, request)) });
      } catch (error) {
        drain(request.raw);
        return answerRefusal(reply, refusalOf(error));
      } finally {
        socket.setTimeout(0).off('timeout', giveUp);
      }
    });
  });
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

async function take(services: Services, tenantId: string, request: FastifyRequest): Promise<KeptUpload> {
  const fields = new Map<string, string>();
  let kept: KeptUpload | undefined;
  for await (const part of request.parts()) {
    if (part.type === 'field') fields.set(part.fieldname, String(part.value));
    else if (part.fieldname !== 'file') throw new HttpRefusal(422, 'BAD_INPUT', 'Put the file into the field `file`.');
    else kept = await keep(services, tenantId, part, fields);
  }
  if (!kept) throw new HttpRefusal(422, 'BAD_INPUT', 'There is no file in the form. Put it into the field `file`.');
  return kept;
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

/** Reads on into nothing. */
function drain(request: IncomingMessage): void {
  request.unpipe();
  request.resume();
  const timer = setTimeout(() => request.socket.destroy(), DRAIN_MS);
  timer.unref();
  request.once('close', () => clearTimeout(timer));
}
