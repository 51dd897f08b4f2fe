import { createHash } from 'node:crypto';
import type { Bytes } from '../../platform/sealed-file.ts';

/** Enough to tell what a file is, and how long it plays. */
const ENDS = 64 * 1024;
/** Pictures beyond this get no thumbnail; WhatsApp's own have 5 MB at most. */
const PICTURE_MAX = 16 * 1024 * 1024;

/** Takes note of a file that goes by, without keeping it: a picture alone is kept for its thumbnail. */
export class FileLook {
  size = 0;
  readonly #hash = createHash('sha256');
  #head: Buffer[] = [];
  #headSize = 0;
  #tail = Buffer.alloc(0);
  #whole: Buffer[] | null;

  /** `keepsPicture`: whether the whole is wanted. */
  constructor(keepsPicture: boolean) {
    this.#whole = keepsPicture ? [] : null;
  }

  /** Passes the bytes on; `checkEnd` may throw once all have gone by. */
  async *watch(bytes: Bytes, checkEnd: () => void = () => undefined): AsyncGenerator<Buffer> {
    for await (const piece of bytes) {
      const buffer = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
      this.#see(buffer);
      yield buffer;
    }
    checkEnd();
  }

  get sha256(): Buffer {
    return this.#hash.copy().digest();
  }

  get head(): Buffer {
    return Buffer.concat(this.#head);
  }

  get tail(): Buffer {
    return this.#tail;
  }

  /** All of it; null where it was not wanted, or is too large. */
  get whole(): Buffer | null {
    return this.#whole && Buffer.concat(this.#whole);
  }

  #see(piece: Buffer): void {
    this.size += piece.length;
    this.#hash.update(piece);
    if (this.#headSize < ENDS) {
      const part = Buffer.from(piece.subarray(0, ENDS - this.#headSize));
      this.#head.push(part);
      this.#headSize += part.length;
    }
    const last = piece.length >= ENDS ? piece : Buffer.concat([this.#tail, piece]);
    this.#tail = Buffer.from(last.subarray(-ENDS));
    if (this.size > PICTURE_MAX) this.#whole = null;
    this.#whole?.push(Buffer.from(piece));
  }
}
