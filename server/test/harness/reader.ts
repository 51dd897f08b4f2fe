import { createHash } from 'node:crypto';
import { Ingester } from '../../src/messaging/ingest.ts';
import type { Stored } from '../../src/messaging/receive-webhook.ts';
import { WebhookInbox } from '../../src/messaging/receive-webhook.ts';
import type { Services } from '../../src/platform/context.ts';
import { rowsOf, type TestLine } from './messaging.ts';

/** A process that stores webhooks and reads them, and does nothing else. */
export interface Reader {
  ingester: Ingester;
  post(raw: Buffer): Promise<Stored>;
  /** Reads what it has, and ends. */
  end(): Promise<void>;
}

export function startReader(services: Services): Reader {
  const ingester = new Ingester(services);
  const inbox = new WebhookInbox({ ...services, onStored: (bodies) => ingester.take(bodies) });
  return { ingester, post: (raw) => inbox.store(raw, digestOf(raw)), end: () => ingester.close() };
}

/** Stands for the MAC of a body. */
export function digestOf(raw: Buffer): Buffer {
  return createHash('sha256').update(raw).digest();
}

/** How many rows a tenant has in a table. */
export async function countOf(services: Services, line: TestLine, table: string): Promise<number> {
  const [row] = await rowsOf<{ count: string }>(services, line.tenantId, `select count(*) from ${table} where tenant_id = $1`, [
    line.tenantId,
  ]);
  return Number(row?.count);
}

/** Webhook bodies that nobody has read or quarantined. */
export async function pendingBodies({ database }: Services): Promise<number> {
  const { rows } = await database.worker.query<{ count: string }>(
    'select count(*) from webhook_inbox where done_at is null and quarantined is null',
  );
  return Number(rows[0]?.count);
}
