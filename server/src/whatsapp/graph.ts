import { type Dispatcher, Pool } from 'undici';
import { call, type CallEnd } from './call.ts';
import { done, type Outcome, outcomeOf } from './outcome.ts';
import { isJson } from './read-json.ts';

export interface CloudApiOptions {
  /** Meta's address or a stand-in's, such as `https://graph.facebook.com`; a path is kept as a prefix. */
  baseUrl: string;
  /** Such as `v26.0`. */
  version: string;
  /** Connections at most. Default 64. */
  connections?: number;
  /** Time to connect, in ms. Default 5,000. */
  connectTimeoutMs?: number;
  /** Time for an upload, in ms. Default 180,000. */
  uploadTimeoutMs?: number;
}

export interface GraphRequest {
  method: 'GET' | 'POST' | 'DELETE';
  /** Behind the version, its parts encoded already: `7001/messages`. */
  path: string;
  token: string;
  /** Default `Bearer`. */
  scheme?: 'Bearer' | 'OAuth';
  /** JSON text, or whatever `headers` say. */
  body?: Dispatcher.DispatchOptions['body'];
  /** Names and values in turn; by default a body is JSON. */
  headers?: string[];
  timeoutMs?: number;
  maxBytes?: number;
  onWritten?: () => void;
}

const TIMEOUT_MS = 15_000;
const JSON_BODY = ['content-type', 'application/json'];

/** Meta's graph over one pool of kept-alive connections. Nothing here throws: what happened is in the outcome. */
export class Graph {
  readonly origin: string;
  readonly uploadTimeoutMs: number;
  readonly #pool: Pool;
  readonly #prefix: string;

  constructor(options: CloudApiOptions) {
    const base = new URL(options.baseUrl);
    this.origin = base.origin;
    this.uploadTimeoutMs = options.uploadTimeoutMs ?? 180_000;
    this.#prefix = `${base.pathname.replace(/\/$/, '')}/${options.version}/`;
    this.#pool = new Pool(base.origin, {
      connections: options.connections ?? 64,
      pipelining: 1,
      allowH2: false,
      connectTimeout: options.connectTimeoutMs ?? 5_000,
      // call.ts keeps its own time, which also covers the wait for a connection.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  request({ method, path, token, scheme = 'Bearer', body, headers, ...limits }: GraphRequest): Promise<CallEnd> {
    const more = headers ?? (body === undefined ? [] : JSON_BODY);
    const request = { method, path: this.#prefix + path, headers: ['authorization', `${scheme} ${token}`, ...more], body };
    const { timeoutMs = TIMEOUT_MS, maxBytes, onWritten } = limits;
    return call(this.#pool, request, { timeoutMs, maxBytes, onWritten });
  }

  /** One call whose answer `read` understands: undefined from it means that the answer cannot be believed. */
  async ask<T>(request: GraphRequest, read: (body: unknown) => T | undefined): Promise<Outcome<T>> {
    return outcomeOf(await this.request(request), (body) => done(read(body)));
  }

  /** One call that is answered by `{"success":true}`. */
  async act(request: GraphRequest): Promise<Outcome<true>> {
    return this.ask(request, (body) => (isJson(body) && body.success === true ? true : undefined));
  }

  /** Lets running calls end, then closes the connections. */
  close(): Promise<void> {
    return this.#pool.close();
  }

  /** Cuts running calls: written ones end as `unknown`. */
  destroy(): Promise<void> {
    return this.#pool.destroy();
  }
}

/** One part of a path. */
export function part(id: string): string {
  return encodeURIComponent(id);
}
