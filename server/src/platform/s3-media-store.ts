import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { AwsV4Signer } from 'aws4fetch';
import { Agent, type Dispatcher, request } from 'undici';
import { checkName, FileMissing, type MediaStore, type S3Address } from './media-store.ts';
import type { ByteRange, Bytes } from './sealed-file.ts';
import { writeDown } from './write-down.ts';

const HEADERS_TIMEOUT_MS = 60_000;
/** Without a single byte. */
const SILENCE_MS = 30_000;
const NO_BODY = createHash('sha256').digest('hex');
const TRIES = 3;

/** Files in a bucket that speaks S3. Requests are signed whole, so plain http inside a closed network is safe from changes, too. */
export function s3MediaStore(address: S3Address): MediaStore {
  return new S3MediaStore(address);
}

interface Call {
  method: 'GET' | 'PUT' | 'DELETE';
  name: string;
  headers?: Record<string, string>;
  /** Opens the body anew for each try. */
  body?: { open: () => Readable; sha256: string; size: number };
}

class S3MediaStore implements MediaStore {
  readonly #agent = new Agent({ headersTimeout: HEADERS_TIMEOUT_MS, bodyTimeout: SILENCE_MS, connections: 16 });
  readonly #address: S3Address;
  #folder: Promise<string> | undefined;

  constructor(address: S3Address) {
    this.#address = address;
  }

  async put(name: string, bytes: Bytes): Promise<void> {
    // S3 wants size and hash before the first byte, so the sealed file is written down here first.
    const file = path.join(await this.#temporary(), randomUUID());
    try {
      const hash = createHash('sha256');
      const size = await writeDown(file, bytes, (piece) => hash.update(piece));
      const body = { open: () => createReadStream(file), size, sha256: hash.digest('hex') };
      const { body: answer } = await this.#call({ method: 'PUT', name, body }, [200]);
      await answer.dump();
    } finally {
      await rm(file, { force: true });
    }
  }

  async read(name: string, { start, end }: ByteRange): Promise<Bytes> {
    const { statusCode, body } = await this.#call(
      { method: 'GET', name, headers: { range: `bytes=${start}-${end}` } },
      [206, 404],
    );
    if (statusCode === 206) return body;
    await body.dump();
    throw new FileMissing();
  }

  async delete(name: string): Promise<void> {
    const { body } = await this.#call({ method: 'DELETE', name }, [200, 204, 404]);
    await body.dump();
  }

  async sweep(): Promise<void> {
    // A bucket takes files whole, and what is written down here goes when the process ends.
  }

  async close(): Promise<void> {
    await this.#agent.close();
    if (this.#folder) await rm(await this.#folder, { recursive: true, force: true });
  }

  /** Throws unless the answer has one of these statuses; what fails for the moment is tried again. */
  async #call(call: Call, accepted: number[]): Promise<Dispatcher.ResponseData> {
    const url = this.#url(call.name);
    for (let attempt = 1; ; attempt++) {
      const answer = await this.#once(url, call).catch((error: Error) => error);
      if (!(answer instanceof Error)) {
        if (accepted.includes(answer.statusCode)) return answer;
        await answer.body.dump();
        const isPassing = answer.statusCode >= 500 || answer.statusCode === 429;
        if (!isPassing || attempt === TRIES)
          throw new Error(`The media store answered ${call.method} with HTTP ${answer.statusCode}.`);
      } else if (attempt === TRIES) throw new Error('The media store cannot be reached.', { cause: answer });
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 200 * 2 ** attempt));
    }
  }

  async #once(url: string, { method, headers = {}, body }: Call): Promise<Dispatcher.ResponseData> {
    const { region, accessKey, secretKey } = this.#address;
    const signer = new AwsV4Signer({
      method,
      url,
      headers: { ...headers, 'x-amz-content-sha256': body?.sha256 ?? NO_BODY },
      accessKeyId: accessKey,
      secretAccessKey: secretKey,
      service: 's3',
      region,
    });
    const signed = await signer.sign();
    return request(signed.url, {
      method,
      dispatcher: this.#agent,
      headers: { ...Object.fromEntries(signed.headers), ...(body && { 'content-length': String(body.size) }) },
      ...(body && { body: body.open() }),
    });
  }

  #url(name: string): string {
    const { endpoint, bucket, prefix } = this.#address;
    return [endpoint, bucket, prefix, checkName(name)].filter(Boolean).join('/');
  }

  #temporary(): Promise<string> {
    return (this.#folder ??= mkdtemp(path.join(os.tmpdir(), 'cube-media-')));
  }
}
