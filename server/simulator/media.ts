import { createHash, createHmac, randomBytes } from 'node:crypto';
import { newId } from './ids.ts';

const DAY_MS = 24 * 3_600_000;
const UPLOADED_MS = 30 * DAY_MS;
const RECEIVED_MS = 7 * DAY_MS;
const LINK_MS = 5 * 60_000;

/** A file that was uploaded by a business or sent by a customer. */
export interface Media {
  id: string;
  bytes: Buffer;
  mimeType: string;
  /** Base64, as webhooks carry it. */
  sha256: string;
  fileName?: string;
  /** The account that may see it. */
  wabaId: string;
  phoneNumberId: string;
  /** Unix ms. */
  expiresAt: number;
}

export interface NewMedia {
  bytes: Buffer;
  mimeType: string;
  fileName?: string;
  wabaId: string;
  phoneNumberId: string;
  from: 'business' | 'customer';
}

/** Files in memory; of too many bytes the oldest files are forgotten. */
export class MediaStore {
  readonly #files = new Map<string, Media>();
  readonly #bytesMax: number;
  readonly #secret = randomBytes(16);
  #bytes = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  add({ from, ...file }: NewMedia, now: number): Media {
    const sha256 = createHash('sha256').update(file.bytes).digest('base64');
    const media = { ...file, id: newId(), sha256, expiresAt: now + (from === 'business' ? UPLOADED_MS : RECEIVED_MS) };
    this.#files.set(media.id, media);
    this.#bytes += media.bytes.length;
    for (const [id, old] of this.#files) {
      if (this.#bytes <= this.#bytesMax || old === media) break;
      this.delete(id);
    }
    return media;
  }

  /** The file, unless its time is over. */
  get(id: string, now: number): Media | undefined {
    const media = this.#files.get(id);
    return media && media.expiresAt > now ? media : undefined;
  }

  /** Whatever its age: for the phone, which keeps what it has shown. */
  peek(id: string): Media | undefined {
    return this.#files.get(id);
  }

  delete(id: string): void {
    this.#bytes -= this.#files.get(id)?.bytes.length ?? 0;
    this.#files.delete(id);
  }

  /** Path and query of an address that gives the file for 5 minutes. */
  link(id: string, now: number): string {
    const until = now + LINK_MS;
    return `/media/${id}?ext=${until}&hash=${this.#sign(id, until)}`;
  }

  isLinkGood(id: string, query: URLSearchParams, now: number): boolean {
    const until = Number(query.get('ext'));
    return until > now && query.get('hash') === this.#sign(id, until);
  }

  #sign(id: string, until: number): string {
    return createHmac('sha256', this.#secret).update(`${id} ${until}`).digest('base64url');
  }
}
