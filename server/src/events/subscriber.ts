import type { Connection } from './connection.ts';
import type { Group } from './group.ts';

const DONE: IteratorReturnResult<undefined> = { value: undefined, done: true };

/**
 * One subscription of one client. To the protocol library it is an iterator that never yields: the hub writes the frames itself, and
 * the iterator only ends, by the client's wish or ours.
 */
export class Subscriber implements AsyncGenerator<never, undefined, void> {
  open = true;
  /** Everything up to here was delivered, or came before the subscription; -1 until that is known. */
  seq = -1;
  private settle: { finish(result: IteratorReturnResult<undefined>): void; fail(error: unknown): void } | null = null;
  private failure: unknown = null;

  constructor(
    readonly id: string,
    readonly connection: Connection,
    public group: Group,
  ) {
    connection.subscribers.add(this);
  }

  next(): Promise<IteratorResult<never, undefined>> {
    if (this.failure) return Promise.reject(this.failure);
    if (!this.open) return Promise.resolve(DONE);
    return new Promise((finish, fail) => (this.settle = { finish, fail }));
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
    this.connection.subscribers.delete(this);
    this.connection.stream.leave(this);
    if (error === undefined) this.settle?.finish(DONE);
    else if (this.settle) this.settle.fail(error);
    else this.failure = error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.end();
  }
}
