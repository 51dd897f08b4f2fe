import type { Dispatcher } from 'undici';

/**
 * How one HTTP call ended. `unwritten`: it never reached a connected socket, so the other side cannot have seen it. `unknown`: it was
 * handed to a socket and no whole answer came back.
 */
export type CallEnd =
  | { kind: 'answered'; httpStatus: number; body: string; retryAfterMs?: number }
  | { kind: 'unwritten'; cause: Error }
  | { kind: 'unknown'; cause: Error };

export interface CallLimits {
  /** From the wait for a free connection to the last byte of the answer. */
  timeoutMs: number;
  /** Of the answer. Most of Meta's are a few hundred bytes: by default 64 KiB, more is none of them. */
  maxBytes?: number;
  /** Told when the request goes to a connected socket. */
  onWritten?: () => void;
}

const BODY_MAX = 65_536;

/** The time was over before the whole answer came. */
export class TookTooLong extends Error {}

/** Runs one request on the pool and settles exactly once, never rejecting. */
export function call(pool: Dispatcher, request: Dispatcher.DispatchOptions, limits: CallLimits): Promise<CallEnd> {
  return new Promise((settle) => {
    const handler = new CallHandler(settle, limits);
    pool.dispatch(request, handler);
  });
}

// undici's own `request` hides whether the bytes were handed over, hence a handler at the level below.
class CallHandler implements Dispatcher.DispatchHandler {
  #controller: Dispatcher.DispatchController | undefined;
  #settle: ((end: CallEnd) => void) | undefined;
  #httpStatus = 0;
  #retryAfterMs: number | undefined;
  #chunks: Buffer[] = [];
  #size = 0;
  readonly #timer: NodeJS.Timeout;
  readonly #maxBytes: number;
  readonly #onWritten: (() => void) | undefined;

  constructor(settle: (end: CallEnd) => void, { timeoutMs, maxBytes = BODY_MAX, onWritten }: CallLimits) {
    this.#settle = settle;
    this.#maxBytes = maxBytes;
    this.#onWritten = onWritten;
    this.#timer = setTimeout(() => this.#giveUp(new TookTooLong(`No answer in ${timeoutMs} ms`)), timeoutMs);
  }

  /** The last moment before bytes go out: from here on the other side may have seen the request. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (!this.#settle) controller.abort(new Error('Timed out while waiting for a connection'));
    // undici starts a call anew when its connection ends at a bad moment; the first start may have been seen.
    else if (this.#controller) controller.abort(new Error('The connection ended while the request was written'));
    else {
      this.#controller = controller;
      this.#onWritten?.();
    }
  }

  onResponseStart(_controller: Dispatcher.DispatchController, httpStatus: number, headers: Record<string, unknown>): void {
    this.#httpStatus = httpStatus;
    const retryAfter = headers['retry-after'];
    if (typeof retryAfter === 'string' && /^\d{1,6}$/.test(retryAfter)) this.#retryAfterMs = Number(retryAfter) * 1000;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#size += chunk.length;
    if (this.#size > this.#maxBytes) this.#giveUp(new Error(`An answer of more than ${this.#maxBytes} bytes`));
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const body = this.#chunks.length === 1 ? this.#chunks[0]!.toString() : Buffer.concat(this.#chunks).toString();
    this.#end({ kind: 'answered', httpStatus: this.#httpStatus, body, retryAfterMs: this.#retryAfterMs });
  }

  onResponseError(_controller: Dispatcher.DispatchController, cause: Error): void {
    this.#end({ kind: this.#controller ? 'unknown' : 'unwritten', cause });
  }

  #giveUp(cause: Error): void {
    this.#end({ kind: this.#controller ? 'unknown' : 'unwritten', cause });
    this.#controller?.abort(cause);
  }

  #end(end: CallEnd): void {
    clearTimeout(this.#timer);
    const settle = this.#settle;
    this.#settle = undefined;
    settle?.(end);
  }
}
