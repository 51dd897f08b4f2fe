import type { IncomingMessage, ServerResponse } from 'node:http';
import { Refused, readBody } from './answer.ts';
import { SAMPLE_NAMES } from './samples.ts';
import { isFields } from './shapes.ts';
import type { World } from './world.ts';
import type { CustomerFile } from './write-message.ts';

const FILE_MAX = 20 * 1024 * 1024;
/** What a foreign page in a browser may send unasked. */
const SIMPLE = /^(?:$|text\/plain|multipart\/form-data|application\/x-www-form-urlencoded)/;
const MIME = /^[\w.+-]+\/[\w.+-]+(?:; ?[\w=-]+)?$/;
/** What a browser may show; anything else it saves. */
const SHOWN = /^(?:image\/(?:jpeg|png|webp|gif)|video\/|audio\/)/;

/** Keeps a customer's file, for a message that names it later. */
export async function takeFile(world: World, request: IncomingMessage, asked: URLSearchParams): Promise<{ id: string }> {
  const number = world.numbers.get(asked.get('phoneNumberId') ?? '');
  if (!number) throw new Refused(404, 'No such number');
  const contentType = request.headers['content-type'] ?? '';
  if (SIMPLE.test(contentType)) throw new Refused(415, 'Send the type of the file, or application/octet-stream and ?mimeType=');
  const bytes = await readBody(request, FILE_MAX);
  if (bytes.length === 0) throw new Refused(400, 'The file is empty');
  const { wabaId, phoneNumberId } = number;
  const mimeType = asked.get('mimeType') ?? contentType;
  if (!MIME.test(mimeType)) throw new Refused(400, 'mimeType must be a MIME type');
  const fileName = asked.get('fileName') ?? undefined;
  return { id: world.media.add({ bytes, mimeType, fileName, wabaId, phoneNumberId, from: 'customer' }, world.now()).id };
}

/** The bytes of any file, for the page. */
export function answerFile(world: World, id: string, response: ServerResponse): void {
  const media = world.media.peek(id);
  if (!media) throw new Refused(404, 'No such file');
  const name = encodeURIComponent(media.fileName ?? 'file');
  response.writeHead(200, {
    'content-type': media.mimeType,
    'content-length': media.bytes.length,
    'content-disposition': `${SHOWN.test(media.mimeType) ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`,
    'x-content-type-options': 'nosniff',
  });
  response.end(media.bytes);
}

/** A file as a message names it: a sample, base64, or the id of one that was kept. */
export function fileOf(world: World, media: unknown): CustomerFile {
  if (!isFields(media)) throw new Refused(400, 'media must be an object');
  const { sample, bytes, mimeType, fileName, id } = media;
  const kept = typeof id === 'string' ? world.media.peek(id) : undefined;
  if (id !== undefined) {
    if (!kept) throw new Refused(404, 'No such file');
    return { kept };
  }
  const known = SAMPLE_NAMES.find((name) => name === sample);
  if (!known && (typeof bytes !== 'string' || typeof mimeType !== 'string'))
    throw new Refused(400, `media needs a sample (${SAMPLE_NAMES.join(', ')}), or bytes as base64 and mimeType, or an id`);
  if (mimeType !== undefined && !(typeof mimeType === 'string' && MIME.test(mimeType)))
    throw new Refused(400, 'mimeType must be a MIME type');
  if (bytes !== undefined && typeof bytes !== 'string') throw new Refused(400, 'bytes must be base64');
  return {
    ...(known && { sample: known }),
    ...(typeof bytes === 'string' && { bytes }),
    ...(typeof mimeType === 'string' && { mimeType }),
    ...(typeof fileName === 'string' && { fileName }),
  };
}
