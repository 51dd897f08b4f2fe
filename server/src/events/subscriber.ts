import type { Viewer } from '../platform/viewer.ts';
import type { Group } from './group.ts';
import type { Sink } from './sink.ts';

const DONE: IteratorReturnResult<undefined> = { value: undefined, done: true };

/**
 * One subscription of one client. To the protocol library it is an iterator that never yields: the hub writes the frames itself, and
 * the iterator only ends, by the client's wish or ours.
 */
export class Subscriber implements AsyncGenerator<never, undefined, void> {
  open = true;
  private finish: ((result: IteratorReturnResult<undefined>) => void) | null = null;
  private fail: ((error: unknown) => void) | null = null;
  private failure: unknown = null;

  constructor(
    readonly id: string,
    readonly viewer: Viewer,
    readonly sink: Sink,
    public group: Group,
    /** Everything up to here was delivered, or came before the subscription. */
    public seq: number,
    private readonly left: (subscriber: Subscriber) => void,
  ) {}

  next(): Promise<IteratorResult<never, undefined>> {
    if (this.failure) return Promise.reject(this.failure);
    if (!this.open) return Promise.resolve(DONE);
    return new Promise((finish, fail) => {
      this.finish = finish;
      this.fail = fail;
    });
  }

  return(): Promise<IteratorResult<never, undefined>> {
    this.end();
    return Promise.resolve(DONE);
  }

  throw(error: unknown): Promise<IteratorResult<never, undefined>> {
    this.end(error);
    return Promise.resolve(DONE);
  }

  /** Ends the subscription; with an error the client is told why. */
  end(error?: unknown): void {
    if (!this.open) return;
    this.open = false;
    this.left(this);
    if (error === undefined) this.finish?.(DONE);
    else if (this.fail) this.fail(error);
    else this.failure = error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.end();
  }
}
