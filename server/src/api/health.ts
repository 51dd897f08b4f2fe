import type { FastifyInstance } from 'fastify';
import { Counter, Gauge, Registry, collectDefaultMetrics } from 'prom-client';
import type { Hub } from '../events/hub.ts';
import type { Services } from '../platform/context.ts';

/** What a process counts from its start on. */
export interface Figures {
  figures?: Record<string, () => number>;
  /** By `field|outcome`. */
  webhookChanges?: () => ReadonlyMap<string, number>;
}

/** /healthz: the process lives. /readyz: it can serve. /metrics: figures for Prometheus. A worker has no hub: nobody subscribes there. */
export function serveHealth(
  server: FastifyInstance,
  { database, bus }: Services,
  hub: Hub | undefined,
  { figures = {}, webhookChanges }: Figures,
): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  if (hub) gauge('cube_subscriptions', 'Open subscriptions of this process', () => hub.size);
  gauge('cube_bus_up', '1 while bells reach other processes', () => Number(bus.isUp));
  for (const [name, read] of Object.entries(figures)) countUp(registry, `cube_${name}`, name.replaceAll('_', ' '), read);
  if (webhookChanges) countChanges(registry, webhookChanges);

  server.get('/healthz', async () => ({ status: 'ok' }));
  server.get('/readyz', async (_request, reply) => {
    const isReady = await database.app.query('select 1').then(
      () => true,
      () => false,
    );
    // Without the bus events come late but they come: that is no reason to take the process out.
    return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ready' : 'not ready', database: isReady, bus: bus.isUp });
  });
  server.get('/metrics', async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()));
}

/** A total that is kept elsewhere: it never goes down while the process lives. */
function countUp(registry: Registry, name: string, help: string, read: () => number): void {
  const total: Counter = new Counter({
    name,
    help,
    registers: [registry],
    collect() {
      total.reset();
      total.inc(read());
    },
  });
}

/** Never by tenant: fields are few, and what became of them too. */
function countChanges(registry: Registry, read: () => ReadonlyMap<string, number>): void {
  const changes: Counter<'field' | 'outcome'> = new Counter({
    name: 'cube_webhook_changes',
    help: "Changes in webhooks by field, and whether they were handled, ignored, nobody's, or a stranger's to who signed them",
    labelNames: ['field', 'outcome'],
    registers: [registry],
    collect() {
      changes.reset();
      for (const [name, count] of read()) {
        const [field = '', outcome = ''] = name.split('|');
        changes.inc({ field, outcome }, count);
      }
    },
  });
}
