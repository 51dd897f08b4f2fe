import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';
import { SealBroken } from './sealed.ts';

/**
 * A file sealed in chunks, so that it can be written and read without ever being whole in memory, and a part of it without the rest.
 * Four bytes of head, then chunks of 12 bytes nonce, up to 64 KiB of text and 16 bytes tag: AES-256-GCM each, with the file's place, the
 * chunk's number and whether it is the last as additional data. A chunk that was swapped, left out, added, or cut off does not open.
 */
const HEAD = Buffer.from([0x43, 0x46, 0x53, 1]);
const CHUNK = 64 * 1024;
const NONCE = 12;
const TAG = 16;
const SEALED_CHUNK = NONCE + CHUNK + TAG;

/** From `start` to `end`, both included. */
export interface ByteRange {
  start: number;
  end: number;
}

export type Bytes = AsyncIterable<Uint8Array>;

/** Bytes of the sealed file of so many bytes. */
export function sealedSize(size: number): number {
  return HEAD.length + size + chunksIn(size) * (NONCE + TAG);
}

/** Seals what comes, as it comes. `key` serves this one file; `where` is what it is bound to. */
export async function* sealFile(key: KeyObject, where: Buffer, plain: Bytes): AsyncGenerator<Buffer> {
  yield HEAD;
  let index = 0;
  // Each chunk stays back until another comes: only then is it known not to be the last.
  let held: Buffer | undefined;
  for await (const chunk of inPieces(plain, CHUNK)) {
    if (held) yield sealChunk(key, where, index++, false, held);
    held = chunk;
  }
  yield sealChunk(key, where, index, true, held ?? Buffer.alloc(0));
}

/**
 * Opens a file of `size` bytes, or the part of it that is asked for. `read` gives bytes of the sealed file and is called once, for the chunks
 * that are needed. Throws `SealBroken` at the first chunk that is not as it was sealed here.
 */
export async function* openFile(
  key: KeyObject,
  where: Buffer,
  size: number,
  read: (range: ByteRange) => Promise<Bytes>,
  range: ByteRange = { start: 0, end: size - 1 },
): AsyncGenerator<Buffer> {
  const [first, final] = [chunkOf(range.start), Math.max(0, chunkOf(range.end))];
  const last = chunksIn(size) - 1;
  let index = first;
  const sealed = await read({
    start: HEAD.length + first * SEALED_CHUNK,
    end: Math.min(HEAD.length + (final + 1) * SEALED_CHUNK, sealedSize(size)) - 1,
  });
  for await (const bytes of inPieces(sealed, SEALED_CHUNK)) {
    const text = openChunk(key, where, index, index === last, bytes);
    const at = index++ * CHUNK;
    const wanted = text.subarray(Math.max(0, range.start - at), Math.max(0, range.end + 1 - at));
    if (wanted.length) yield wanted;
  }
  if (index !== final + 1) throw new SealBroken('A part of this file is missing.');
}

function chunksIn(size: number): number {
  return Math.max(1, Math.ceil(size / CHUNK));
}

function chunkOf(byte: number): number {
  return Math.floor(byte / CHUNK);
}

function additionalData(where: Buffer, index: number, isLast: boolean): Buffer {
  return Buffer.concat([where, Buffer.from(`|${index}|${isLast ? 'last' : 'more'}`)]);
}

function sealChunk(key: KeyObject, where: Buffer, index: number, isLast: boolean, text: Buffer): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(additionalData(where, index, isLast));
  const body = cipher.update(text);
  cipher.final();
  return Buffer.concat([nonce, body, cipher.getAuthTag()]);
}

function openChunk(key: KeyObject, where: Buffer, index: number, isLast: boolean, sealed: Buffer): Buffer {
  if (sealed.length < NONCE + TAG) throw new SealBroken('This file cannot be opened.');
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE), { authTagLength: TAG });
    decipher.setAAD(additionalData(where, index, isLast));
    decipher.setAuthTag(sealed.subarray(-TAG));
    const text = decipher.update(sealed.subarray(NONCE, -TAG));
    decipher.final();
    return text;
  } catch {
    throw new SealBroken('This file cannot be opened.');
  }
}

/** Cuts what comes into pieces of `size` bytes; the last may be shorter. */
async function* inPieces(bytes: Bytes, size: number): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = [];
  let length = 0;
  for await (const piece of bytes) {
    waiting.push(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength));
    length += piece.byteLength;
    if (length < size) continue;
    const all = Buffer.concat(waiting);
    let from = 0;
    for (; all.length - from >= size; from += size) yield all.subarray(from, from + size);
    waiting = [all.subarray(from)];
    length = all.length - from;
  }
  if (length) yield Buffer.concat(waiting);
}
