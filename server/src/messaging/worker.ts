import type { Services } from '../platform/context.ts';
import { Ingester } from './ingest.ts';
import type { ReceivedBody } from './received-body.ts';

export interface Worker { take(bodies: readonly ReceivedBody[]): void; close(): Promise<void> }
export function startWorker(services: Services, _parts: { cloudApi: unknown }): Worker {
  const ingester = new Ingester(services as never);
  const timer = setInterval(() => ingester.look(), 250);
  return { take: (bodies) => ingester.take(bodies), close: async () => { clearInterval(timer); await ingester.close(); } };
}
