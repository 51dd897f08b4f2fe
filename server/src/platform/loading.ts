import DataLoader from 'dataloader';
import type { Context } from './context.ts';

/** How rows are fetched for many objects at once. Rows must be read through `ctx.reading()`, one answer per key, in order; an error is that key's alone. */
export interface Loader<Key, Value> {
  name: string;
  load(ctx: Context, keys: readonly Key[]): Promise<(Value | Error)[]>;
}

/** The loaders of one operation: they hold one tenant's rows and end with it. */
export class Loaders {
  private readonly made = new Map<string, DataLoader<unknown, unknown>>();

  of<Key, Value>(loader: Loader<Key, Value>, ctx: Context): DataLoader<Key, Value> {
    let found = this.made.get(loader.name);
    if (!found) {
      found = new DataLoader<unknown, unknown>((keys) => loader.load(ctx, keys as readonly Key[]), {
        cacheKeyFn: (key) => (typeof key === 'string' ? key : JSON.stringify(key)),
      });
      this.made.set(loader.name, found);
    }
    return found as DataLoader<Key, Value>;
  }

  /** After a command what was read before may be stale. */
  clear(): void {
    this.made.clear();
  }
}
