import { WebhookInbox } from '../src/messaging/receive-webhook.ts';
import { startWorker } from '../src/messaging/worker.ts';
import { newId } from '../src/platform/ids.ts';
import type { SealingKey } from '../src/platform/sealed.ts';
import { tenantsQuery } from '../src/platform/tenant-query.ts';
import { CloudApi } from '../src/whatsapp/cloud-api.ts';
import { sign } from '../src/whatsapp/signature.ts';
import { body, change, text } from '../test/harness/envelopes.ts';
import { until } from './until.ts';
import type { BenchTenant, World } from './world.ts';

/** A customer who has written, and the conversation that began with it. */
export interface Customer {
  tenantId: string;
  numberId: string;
  contactId: string;
  conversationId: string;
  /** The contact's key. */
  key: SealingKey;
}

/** The phone of one of a tenant's customers, as WhatsApp writes it. */
export function phoneOf(customer: number): string {
  return `49157${String(customer).padStart(7, '0')}`;
}

/** Lets so many customers of each tenant write once, by webhook as always, and gives them tenant by tenant. */
export async function meetCustomers(world: World, tenants: readonly BenchTenant[], count: number): Promise<Customer[]> {
  const { services } = world;
  const worker = startWorker(services, { cloudApi: new CloudApi({ baseUrl: 'http://127.0.0.1:9', version: 'v26.0' }) });
  const inbox = new WebhookInbox({ ...services, onStored: (bodies) => worker.take(bodies) });
  const all = Array.from({ length: count }, (_unused, customer) => phoneOf(customer));
  for (const { phoneNumberId } of tenants) {
    const contacts = all.map((wa_id) => ({ profile: { name: 'Ada Lovelace' }, wa_id }));
    const raw = body(change(phoneNumberId, { contacts, messages: all.map((phone) => text(`wamid.${newId()}`, phone, 'Hello')) }));
    await inbox.store(raw, Buffer.from(sign(raw, 'bench').slice('sha256='.length), 'hex'));
  }
  await until(async () => worker.stats.ingest.messages === count * tenants.length);
  await worker.close();
  return readCustomers(world, tenants);
}

async function readCustomers({ services }: World, tenants: readonly BenchTenant[]): Promise<Customer[]> {
  const { database, keys } = services;
  const ids = tenants.map((tenant) => tenant.id);
  return tenantsQuery(database.worker, ids, async (query) => {
    const rows = await query<Omit<Customer, 'key'> & { keyId: string }>(
      `select c.tenant_id as "tenantId", c.number_id as "numberId", c.contact_id as "contactId", c.id as "conversationId", p.key_id as "keyId"
       from conversation c join contact p on p.tenant_id = c.tenant_id and p.id = c.contact_id order by c.tenant_id, c.id`,
    );
    await keys.loadTenants(query, ids);
    for (const [tenantId, mine] of Map.groupBy(rows, (row) => row.tenantId)) {
      await keys.loadContactKeys(
        query,
        tenantId,
        mine.map((row) => row.keyId),
      );
    }
    return rows.map(({ keyId, ...row }) => ({ ...row, key: keys.contactKey(row.tenantId, keyId) as SealingKey }));
  });
}
