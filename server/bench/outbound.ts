import { newId } from '../src/platform/ids.ts';
import { place, seal } from '../src/platform/sealed.ts';
import { tenantsQuery } from '../src/platform/tenant-query.ts';
import type { Customer } from './customers.ts';
import type { World } from './world.ts';

/** A message to a customer. */
export interface Outbound {
  id: string;
  to: Customer;
  wamid: string;
}

const WORDS = 'Thank you for writing. Your order has left our house and will be with you tomorrow.';
const AT_ONCE = 2_000;

/** Writes a message to each of these customers, that WhatsApp has accepted already or that is queued to be sent. All appear in one moment. */
export async function writeOutbound(
  world: World,
  customers: readonly Customer[],
  state: 'ACCEPTED' | 'QUEUED',
): Promise<Outbound[]> {
  const { keys, database } = world.services;
  const messages = customers.map((to): Outbound => ({ id: newId(), to, wamid: `wamid.${newId()}` }));
  const isSent = state === 'ACCEPTED';
  const sealed = (column: string, { id, to }: Outbound, words: string) =>
    seal(to.key, place(to.tenantId, 'message', column, id), words);
  const tenantIds = [...new Set(customers.map((customer) => customer.tenantId))];
  await tenantsQuery(database.worker, tenantIds, async (query) => {
    for (let from = 0; from < messages.length; from += AT_ONCE) {
      const some = messages.slice(from, from + AT_ONCE);
      await query(
        `insert into message (tenant_id, id, conversation_id, direction, kind, body, status, attempt, wamid, wamid_index, sent_at)
         select tenant_id, id, conversation_id, 'OUTBOUND', 'TEXT', body, $7, 1, wamid, wamid_index, cube_now()
         from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bytea[], $5::bytea[], $6::bytea[])
           as u(tenant_id, id, conversation_id, body, wamid, wamid_index)`,
        [
          some.map(({ to }) => to.tenantId),
          some.map(({ id }) => id),
          some.map(({ to }) => to.conversationId),
          some.map((message) => sealed('body', message, WORDS)),
          some.map((message) => (isSent ? sealed('wamid', message, message.wamid) : null)),
          some.map(({ to, wamid }) => (isSent ? keys.blind(to.tenantId, 'message.wamid', wamid) : null)),
          state,
        ],
      );
      if (isSent) continue;
      await query(
        `insert into send_queue (tenant_id, message_id, number_id, contact_id)
         select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[])`,
        [
          some.map(({ to }) => to.tenantId),
          some.map(({ id }) => id),
          some.map(({ to }) => to.numberId),
          some.map(({ to }) => to.contactId),
        ],
      );
    }
  });
  return messages;
}
