import { Readable, Transform, type TransformCallback } from 'node:stream';
import { Agent, request } from 'undici';
import { type Outcome, refusal } from './outcome.ts';

/** A file of Meta's while it is read. */
export interface OpenMedia {
  /** Fails with `MediaTooLarge` beyond the bytes that were asked for. Must be read to its end or destroyed. */
  stream: Readable;
  mimeType?: string;
  size?: number;
}

export class MediaTooLarge extends Error {
  constructor(maxBytes: number) {
    super(`A file of more than ${maxBytes} bytes`);
  }
}

const HOST = /(^|\.)(facebook\.com|fbcdn\.net|fbsbx\.com|whatsapp\.net|whatsapp\.com)$/;
const HEADERS_TIMEOUT_MS = 20_000;
/** Without a single byte. */
const SILENCE_MS = 30_000;

/** Fetches files from where Meta says they lie: from Meta's own hosts alone, for the token goes along. */
export class MediaReader {
  readonly #origin: string;
  readonly #agent: Agent;

  /** `origin` is that of the graph, whatever it is: a stand-in keeps its files itself. */
  constructor(origin: string, connectTimeoutMs = 5_000) {
    this.#origin = origin;
    this.#agent = new Agent({
      connections: 16,
      connectTimeout: connectTimeoutMs,
      headersTimeout: HEADERS_TIMEOUT_MS,
      bodyTimeout: SILENCE_MS,
    });
  }

  /** Opens a file for reading. An address that has expired is refused with HTTP 404; one of more than `maxBytes` with 413. */
  async open(url: string, token: string, { maxBytes }: { maxBytes: number }): Promise<Outcome<OpenMedia>> {
    const address = this.#allowed(url);
    if (!address) return refusal(null, 'Files are fetched from addresses of Meta only.', 403);
    try {
      const { statusCode, headers, body } = await request(address, {
        dispatcher: this.#agent,
        headers: { authorization: `Bearer ${token}` },
      });
      const size = Number(headers['content-length'] ?? Number.NaN);
      if (statusCode !== 200 || size > maxBytes) {
        body.on('error', () => undefined).destroy();
        // Redirections are not followed: they would carry the token to wherever they lead.
        if (statusCode === 200) return refusal(null, new MediaTooLarge(maxBytes).message, 413);
        if (statusCode >= 500) return { kind: 'unknown', cause: new Error(`HTTP ${statusCode}`) };
        return refusal(null, `HTTP ${statusCode}`, statusCode);
      }
      const mimeType = typeof headers['content-type'] === 'string' ? headers['content-type'] : undefined;
      const stream = atMost(body, maxBytes);
      return { kind: 'done', value: { stream, mimeType, size: Number.isNaN(size) ? undefined : size } };
    } catch (cause) {
      // Reading twice harms nobody, so how far it went makes no difference.
      return { kind: 'unwritten', cause: cause instanceof Error ? cause : new Error(String(cause)) };
    }
  }

  #allowed(url: string): URL | null {
    if (!URL.canParse(url)) return null;
    const address = new URL(url);
    if (address.username || address.password) return null;
    if (address.origin === this.#origin) return address;
    return address.protocol === 'https:' && address.port === '' && HOST.test(address.hostname) ? address : null;
  }

  close(): Promise<void> {
    return this.#agent.close();
  }

  destroy(): Promise<void> {
    return this.#agent.destroy();
  }
}

function atMost(body: Readable, maxBytes: number): Readable {
  let size = 0;
  const bounded = new Transform({
    transform(chunk: Buffer, _encoding, callback: TransformCallback) {
      size += chunk.length;
      if (size > maxBytes) callback(new MediaTooLarge(maxBytes));
      else callback(null, chunk);
    },
    destroy(error, callback) {
      body.destroy();
      callback(error);
    },
  });
  body.on('error', (error) => bounded.destroy(error));
  return body.pipe(bounded);
}
