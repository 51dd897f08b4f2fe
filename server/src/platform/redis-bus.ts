import { Redis } from 'ioredis';
import { type Bus, Listeners } from './bus.ts';
import { newId } from './ids.ts';

/**
 * Bells over Redis pub/sub. Listeners of this process hear its own rings at once, also while Redis is away.
 * A lost connection comes back by itself; bells rung meanwhile are lost, which only delays.
 */
export async function redisBus(url: string, log: (fault: Error) => void): Promise<Bus> {
  const me = newId();
  const listeners = new Listeners();
  const shared = { lazyConnect: true, retryStrategy: () => 200, connectTimeout: 2000 } as const;
  // Without an offline queue: bells must not pile up in memory while Redis is away.
  const publisher = new Redis(url, { ...shared, enableOfflineQueue: false, commandTimeout: 1000, maxRetriesPerRequest: 0 });
  const subscriber = new Redis(url, { ...shared, maxRetriesPerRequest: null, autoResubscribe: true });
  let lastFault = 0;
  for (const connection of [publisher, subscriber]) {
    connection.on('error', (error: Error) => {
      if (Date.now() - lastFault > 10_000) log(error);
      lastFault = Date.now();
    });
  }
  subscriber.on('message', (channel: string, from: string) => {
    if (from !== me) listeners.call(channel);
  });
  // After a gap every listener looks: a bell may have been missed.
  subscriber.on('ready', () => listeners.names().forEach((channel) => listeners.call(channel)));
  await Promise.allSettled([publisher.connect(), subscriber.connect()]);
  return {
    get isUp() {
      return publisher.status === 'ready' && subscriber.status === 'ready';
    },
    ring(channel) {
      setImmediate(() => listeners.call(channel));
      publisher.publish(channel, me).catch(() => undefined);
    },
    listen(channel, heard) {
      if (!listeners.has(channel)) subscriber.subscribe(channel).catch(() => undefined);
      return listeners.add(channel, heard, () => subscriber.unsubscribe(channel).catch(() => undefined));
    },
    close: async () => {
      publisher.disconnect();
      subscriber.disconnect();
    },
  };
}
