import { randomBytes } from 'node:crypto';

const UPLOADS_KEPT = 200;

export interface Upload {
  id: string;
  fileName: string;
  mimeType: string;
  size: number;
  bytes: Buffer;
  /** Set when all bytes are there. */
  handle?: string;
}

/** Files for the headers of templates and for profile pictures: a session takes the bytes and gives a handle. */
export class Uploads {
  readonly #uploads = new Map<string, Upload>();
  readonly #handles = new Map<string, Upload>();

  begin(fileName: string, mimeType: string, size: number): Upload {
    const id = `upload:${randomBytes(18).toString('base64url')}`;
    const upload = { id, fileName, mimeType, size, bytes: Buffer.alloc(0) };
    this.#uploads.set(id, upload);
    const first = this.#uploads.values().next();
    if (this.#uploads.size > UPLOADS_KEPT && !first.done) this.#forget(first.value);
    return upload;
  }

  get(id: string): Upload | undefined {
    return this.#uploads.get(id);
  }

  /** Adds bytes; the handle once all are there. */
  append(upload: Upload, bytes: Buffer): string | undefined {
    upload.bytes = Buffer.concat([upload.bytes, bytes]);
    if (upload.bytes.length < upload.size) return undefined;
    const handle = (upload.handle ??= `4::${randomBytes(24).toString('base64url')}`);
    this.#handles.set(handle, upload);
    return handle;
  }

  byHandle(handle: string): Upload | undefined {
    return this.#handles.get(handle);
  }

  #forget(upload: Upload): void {
    this.#uploads.delete(upload.id);
    if (upload.handle) this.#handles.delete(upload.handle);
  }
}
