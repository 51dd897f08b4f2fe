import type { PubSub } from 'type-graphql';

/** Publish and subscribe in memory, as the libraries' guides have it: one queue for each who listens. */
export class Broadcast implements PubSub {
  private readonly topics = new Map<string, Set<(value: unknown) => void>>();

  publish(topic: string, value: unknown): void {
    for (const tell of this.topics.get(topic) ?? []) tell(value);
  }

  subscribe(topic: string): AsyncIterable<unknown> {
    const listeners = this.topics.get(topic) ?? new Set();
    this.topics.set(topic, listeners);
    const queue: unknown[] = [];
    let wake: ((result: IteratorResult<unknown>) => void) | null = null;
    const tell = (value: unknown) => {
      if (wake) {
        wake({ value, done: false });
        wake = null;
      } else queue.push(value);
    };
    listeners.add(tell);
    const end = () => {
      listeners.delete(tell);
      wake?.({ value: undefined, done: true });
      return Promise.resolve({ value: undefined, done: true as const });
    };
    const iterator: AsyncIterableIterator<unknown> = {
      next: () =>
        queue.length ? Promise.resolve({ value: queue.shift(), done: false }) : new Promise((resolve) => (wake = resolve)),
      return: end,
      throw: end,
      [Symbol.asyncIterator]: () => iterator,
    };
    return iterator;
  }
}
