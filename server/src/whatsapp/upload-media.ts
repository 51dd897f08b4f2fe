import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { type Graph, part } from './graph.ts';
import type { Outcome } from './outcome.ts';
import { idOf, isJson } from './read-json.ts';

/** A file to give to Meta. */
export interface FileToUpload {
  /** The whole, or what opens it for reading: a stream goes through without ever being whole in memory. */
  bytes: Buffer | (() => AsyncIterable<Uint8Array>);
  /** Bytes in it, exactly. */
  size: number;
  mimeType: string;
  fileName: string;
}

/** Gives a file to Meta, under an id that can be sent for 30 days. After `unknown` it is safe to try again: an upload nobody sends harms nobody. */
export function uploadMedia(
  graph: Graph,
  phoneNumberId: string,
  token: string,
  file: FileToUpload,
): Promise<Outcome<{ mediaId: string }>> {
  const boundary = `cube-${randomUUID()}`;
  const head = Buffer.from(headOf(boundary, file));
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  const length = head.length + file.size + tail.length;
  const request = {
    method: 'POST' as const,
    path: `${part(phoneNumberId)}/media`,
    token,
    headers: ['content-type', `multipart/form-data; boundary=${boundary}`, 'content-length', String(length)],
    body: Readable.from(multipart(head, file.bytes, tail), { objectMode: false }),
    timeoutMs: graph.uploadTimeoutMs,
  };
  return graph.ask(request, (body) => {
    const mediaId = isJson(body) ? idOf(body.id) : undefined;
    return mediaId === undefined ? undefined : { mediaId };
  });
}

function headOf(boundary: string, { mimeType, fileName }: FileToUpload): string {
  const field = (name: string, value: string) =>
    `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const type = mimeType.replaceAll(/[^\x20-\x7e]/g, '');
  // As browsers write names: quotes and line breaks are the only signs that could end the header.
  const name = fileName.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const file = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: ${type}\r\n\r\n`;
  return field('messaging_product', 'whatsapp') + field('type', type) + file;
}

async function* multipart(head: Buffer, bytes: FileToUpload['bytes'], tail: Buffer): AsyncGenerator<Uint8Array> {
  yield head;
  if (typeof bytes === 'function') yield* bytes();
  else yield bytes;
  yield tail;
}
