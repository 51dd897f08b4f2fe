import { setTimeout as sleep } from 'node:timers/promises';

export interface GroupCommitOptions<Item, Result> {
  /** Writes items, in one go, and gives a result for each in their order. */
  write: (items: Item[]) => Promise<Result[]>;
  /** Items in one go at most. Default 500. */
  most?: number;
  /** What an item weighs, and the most in one go; an item that is heavier goes alone. */
  weigh?: { weightOf: (item: Item) => number; most: number };
  /** While items come side by side, the wait in ms before the next go: it makes one write out of many. Default 0. */
  gatherMs?: number;
  /** Whether a write that fails fails those too that queued behind it. */
  failTogether?: boolean;
}

interface Waiting<Item, Result> {
  item: Item;
  resolve: (result: Result) => void;
  reject: (reason: unknown) => void;
}

/** Makes one write out of many: items that come while a write is under way go together in the next one. */
export class GroupCommit<Item, Result> {
  readonly #options: GroupCommitOptions<Item, Result>;
  readonly #most: number;
  #waiting: Waiting<Item, Result>[] = [];
  #isWriting = false;

  constructor(options: GroupCommitOptions<Item, Result>) {
    this.#options = options;
    this.#most = options.most ?? 500;
  }

  /** Resolves with the item's result once it is written; rejects with what the write threw. */
  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (this.#isWriting) return;
      this.#isWriting = true;
      // What comes in the same turn of the event loop goes along.
      setImmediate(() => void this.#writeAll());
    });
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length) {
      const batch = this.#next();
      try {
        const results = await this.#options.write(batch.map(({ item }) => item));
        batch.forEach(({ resolve }, index) => resolve(results[index] as Result));
      } catch (error) {
        const behind = this.#options.failTogether ? this.#waiting.splice(0) : [];
        for (const { reject } of [...batch, ...behind]) reject(error);
      }
      if (this.#options.gatherMs && batch.length > 1 && this.#waiting.length < this.#most) await sleep(this.#options.gatherMs);
    }
    this.#isWriting = false;
  }

  #next(): Waiting<Item, Result>[] {
    const { weigh } = this.#options;
    let count = Math.min(this.#waiting.length, this.#most);
    if (weigh) {
      let weight = 0;
      const heavy = this.#waiting.findIndex(({ item }, index) => (weight += weigh.weightOf(item)) > weigh.most && index > 0);
      if (heavy > 0) count = Math.min(count, heavy);
    }
    return this.#waiting.splice(0, count);
  }
}
