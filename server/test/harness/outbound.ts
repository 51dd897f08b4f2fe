import { wamidIndex } from '../../src/messaging/wamid.ts';
import type { Services } from '../../src/platform/context.ts';
import { newId } from '../../src/platform/ids.ts';
import type { Query } from '../../src/platform/query.ts';
import { place, seal } from '../../src/platform/sealed.ts';
import { tenantsQuery } from '../../src/platform/tenant-query.ts';
import type { TestLine } from './messaging.ts';

export interface QueuedText {
  messageId: string;
  conversationId: string;
}

/** Messages to one customer who has written before, which WhatsApp has accepted under these ids. */
export async function enterAccepted(
  services: Services,
  line: Pick<TestLine, 'tenantId' | 'numberId'>,
  phone: string,
  wamids: readonly string[],
): Promise<void> {
  const { database, keys } = services;
  const { tenantId, numberId } = line;
  await tenantsQuery(database.worker, [tenantId], async (query) => {
    const { conversation_id: conversationId, key } = await threadOf(services, query, line, phone);
    const ids = wamids.map(() => newId());
    await query(
      `insert into message (tenant_id, id, conversation_id, direction, kind, body, status, attempt, wamid, wamid_index, sent_at)
       select $1, u.id, $2, 'OUTBOUND', 'TEXT', u.body, 'ACCEPTED', 1, u.wamid, u.wamid_index, cube_now()
       from unnest($3::uuid[], $4::bytea[], $5::bytea[], $6::bytea[]) as u(id, body, wamid, wamid_index)`,
      [
        tenantId,
        conversationId,
        ids,
        ids.map((id) => seal(key, place(tenantId, 'message', 'body', id), numberId)),
        ids.map((id, n) => seal(key, place(tenantId, 'message', 'wamid', id), wamids[n] as string)),
        wamids.map((wamid) => wamidIndex(keys, tenantId, wamid)),
      ],
    );
  });
}

async function threadOf(
  { keys }: Services,
  query: Query,
  { tenantId, numberId }: Pick<TestLine, 'tenantId' | 'numberId'>,
  phone: string,
) {
  await keys.loadTenants(query, [tenantId]);
  const [row] = await query<{ contact_id: string; conversation_id: string; key_id: string }>(
    `select i.contact_id, c.id as conversation_id, p.key_id from contact_identity i
     join contact p on p.tenant_id = i.tenant_id and p.id = i.contact_id
     join conversation c on c.tenant_id = i.tenant_id and c.contact_id = i.contact_id and c.number_id = $3
     where i.tenant_id = $1 and i.kind = 'PHONE' and i.value_index = $2`,
    [tenantId, keys.blind(tenantId, 'identity.PHONE', phone), numberId],
  );
  if (!row) throw new Error('This customer has not written yet.');
  await keys.loadContactKeys(query, tenantId, [row.key_id]);
  const key = keys.contactKey(tenantId, row.key_id);
  if (!key) throw new Error('This customer has no key.');
  return { ...row, key };
}

/** Queues texts to one customer who has written before, as the command does, without waking anybody. Gives them in order. */
export async function queueTexts(
  services: Services,
  line: TestLine,
  phone: string,
  texts: readonly string[],
  replyToId?: string,
): Promise<QueuedText[]> {
  const { database, appendEvents } = services;
  const { tenantId, numberId } = line;
  return tenantsQuery(database.worker, [tenantId], async (query) => {
    const row = await threadOf(services, query, line, phone);
    const { key } = row;
    const ids = texts.map(() => newId());
    const bodies = texts.map((text, index) => seal(key, place(tenantId, 'message', 'body', ids[index] as string), text));
    await query(
      `insert into message (tenant_id, id, conversation_id, direction, kind, body, status, attempt, reply_to_id, sent_at)
       select $1, u.id, $2, 'OUTBOUND', 'TEXT', u.body, 'QUEUED', 1, $5, cube_now() from unnest($3::uuid[], $4::bytea[]) as u(id, body)`,
      [tenantId, row.conversation_id, ids, bodies, replyToId ?? null],
    );
    await query(
      `insert into send_queue (tenant_id, message_id, number_id, contact_id) select $1, id, $2, $3 from unnest($4::uuid[]) as id`,
      [tenantId, numberId, row.contact_id, ids],
    );
    const conversationId = row.conversation_id;
    await appendEvents(
      query,
      ids.map((subjectId) => ({ tenantId, kind: 'MESSAGE_CREATED', subjectId, conversationId, status: 'QUEUED' })),
    );
    return ids.map((messageId) => ({ messageId, conversationId }));
  });
}
