import { WebhookInbox } from '../src/messaging/receive-webhook.ts';
import { startWorker } from '../src/messaging/worker.ts';
import { newId } from '../src/platform/ids.ts';
import { sign } from '../src/whatsapp/signature.ts';
import { CloudApi } from '../src/whatsapp/cloud-api.ts';
import { body, change, text } from '../test/harness/envelopes.ts';
import { tenantQuery } from '../src/platform/tenant-query.ts';
import type { World } from './world.ts';

/** Messages by tenant. */
export type WrittenMessages = ReadonlyMap<string, { id: string; conversationId: string }[]>;

/** Lets a customer of each tenant write so many messages, by webhook as always, and gives their ids by tenant. */
export async function writeMessages({ services, tenants }: World, count: number): Promise<WrittenMessages> {
  const worker = startWorker(services, { cloudApi: new CloudApi({ baseUrl: 'http://127.0.0.1:9', version: 'v26.0' }) });
  const inbox = new WebhookInbox({ ...services, onStored: (bodies) => worker.take(bodies) });
  for (const { phoneNumberId } of tenants) {
    const messages = Array.from({ length: count }, (_unused, index) =>
      text(`wamid.${newId()}`, '4915700000001', `Message ${index}: when will my order be with me, please?`),
    );
    const raw = body(change(phoneNumberId, { contacts: [{ profile: { name: 'Ada' }, wa_id: '4915700000001' }], messages }));
    await inbox.store(raw, Buffer.from(sign(raw, 'bench').slice('sha256='.length), 'hex'));
  }
  const found = new Map<string, { id: string; conversationId: string }[]>();
  for (const { id } of tenants) {
    let rows: { id: string; conversationId: string }[] = [];
    while (rows.length < count) {
      rows = await tenantQuery(services.database.app, id, (query) =>
        query('select id, conversation_id as "conversationId" from message'),
      );
      if (rows.length < count) await new Promise((resolve) => setTimeout(resolve, 20));
    }
    found.set(id, rows);
  }
  await worker.close();
  return found;
}
