import type { Services } from '../platform/context.ts';
import type { Query } from '../platform/query.ts';
import { place } from '../platform/sealed.ts';
import { tenantsQuery } from '../platform/tenant-query.ts';
import type { MessageToSend } from '../whatsapp/message-to-send.ts';
import type { QueuedSend } from './queued-send.ts';

/** What a leased send turned out to be. */
export type LoadedSend =
  | { kind: 'ready'; send: QueuedSend; request: MessageToSend; perSecond: number }
  /** Its number does not send for now. */
  | { kind: 'paused'; send: QueuedSend }
  /** There is nothing to send any more: the message was erased, or is on its way already. */
  | { kind: 'gone'; send: QueuedSend }
  /** It can never be sent: a key is gone, or nobody knows where to. */
  | { kind: 'broken'; send: QueuedSend; cause: unknown };

interface Row {
  n: number;
  status: string;
  body: Buffer | null;
  reply_id: string | null;
  reply_wamid: Buffer | null;
  /** Null once the contact was erased. */
  key_id: string | null;
  phone_number_id: string;
  access_token: Buffer;
  number_status: string;
  messages_per_second: number;
  is_test: boolean;
  identity_id: string | null;
  identity_kind: 'PHONE' | 'BSUID' | null;
  identity_value: Buffer | null;
}

// The first phone is the one to write to; a person who hides theirs is reached by WhatsApp's id of them. Each part is looked up by its key (`limit 1`
// keeps the planner from beginning elsewhere).
const LOAD = `
  select wanted.n::int, m.status, m.body, r.id as reply_id, r.wamid as reply_wamid, w.phone_number_id, w.access_token, w.status as number_status,
    w.messages_per_second, w.is_test, i.id as identity_id, i.kind as identity_kind, i.value as identity_value,
    (select c.key_id from contact c where c.tenant_id = wanted.tenant_id and c.id = wanted.contact_id) as key_id
  from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::smallint[])
    with ordinality as wanted(tenant_id, message_id, number_id, contact_id, attempt, n)
  cross join lateral (
    select status, body, reply_to_id from message where tenant_id = wanted.tenant_id and id = wanted.message_id and attempt = wanted.attempt limit 1
  ) m
  cross join lateral (
    select phone_number_id, access_token, status, messages_per_second, is_test from whatsapp_number
    where tenant_id = wanted.tenant_id and id = wanted.number_id limit 1
  ) w
  left join lateral (select id, wamid from message where tenant_id = wanted.tenant_id and id = m.reply_to_id limit 1) r on true
  left join lateral (
    select id, kind, value from contact_identity
    where tenant_id = wanted.tenant_id and contact_id = wanted.contact_id and kind in ('PHONE', 'BSUID') order by kind desc, id limit 1
  ) i on true`;

/** Reads and opens what leased sends need, of all their tenants at once; one that cannot be opened harms none of the others. */
export async function loadSends(
  { database, keys, isMeta = false }: Pick<Services, 'database' | 'keys'> & { isMeta?: boolean },
  sends: readonly QueuedSend[],
): Promise<LoadedSend[]> {
  const tenantIds = [...new Set(sends.map((send) => send.tenantId))];
  return tenantsQuery(database.worker, tenantIds, async (query) => {
    const rows = await query<Row>(LOAD, [
      sends.map((send) => send.tenantId),
      sends.map((send) => send.messageId),
      sends.map((send) => send.numberId),
      sends.map((send) => send.contactId),
      sends.map((send) => send.attempt),
    ]);
    const byPlace = new Map(rows.map((row) => [row.n, row]));
    await loadKeys(query, keys, sends, byPlace);
    return sends.map((send, index) => loaded(keys, send, byPlace.get(index + 1), isMeta));
  });
}

type Keys = Services['keys'];

async function loadKeys(query: Query, keys: Keys, sends: readonly QueuedSend[], rows: ReadonlyMap<number, Row>): Promise<void> {
  const wanted = new Map<string, Set<string>>();
  for (const [index, { tenantId }] of sends.entries()) {
    const row = rows.get(index + 1);
    if (row?.key_id) wanted.set(tenantId, (wanted.get(tenantId) ?? new Set()).add(row.key_id));
  }
  await keys.loadTenants(query, [...wanted.keys()]);
  for (const [tenantId, keyIds] of wanted) await keys.loadContactKeys(query, tenantId, keyIds);
}

function loaded(keys: Keys, send: QueuedSend, row: Row | undefined, isMeta: boolean): LoadedSend {
  if (!row || row.status !== 'QUEUED') return { kind: 'gone', send };
  // What a test number should send is kept, and never reaches Meta.
  if (row.number_status !== 'CONNECTED' || (row.is_test && isMeta)) return { kind: 'paused', send };
  try {
    return { kind: 'ready', send, request: requestOf(keys, send, row), perSecond: row.messages_per_second };
  } catch (cause) {
    return { kind: 'broken', send, cause };
  }
}

function requestOf(keys: Keys, { tenantId, messageId, numberId }: QueuedSend, row: Row): MessageToSend {
  const open = (table: string, column: string, id: string, sealed: Buffer) =>
    keys.open(tenantId, place(tenantId, table, column, id), sealed);
  if (!row.body) throw new Error('A message without text.');
  if (!row.identity_id || !row.identity_value) throw new Error('A contact without an address.');
  const address = open('contact_identity', 'value', row.identity_id, row.identity_value);
  return {
    ...(row.identity_kind === 'PHONE' ? { to: address } : { recipient: address }),
    phoneNumberId: row.phone_number_id,
    token: open('whatsapp_number', 'access_token', numberId, row.access_token),
    content: { kind: 'TEXT', text: open('message', 'body', messageId, row.body), parts: {} },
    replyToWamid: row.reply_id && row.reply_wamid ? open('message', 'wamid', row.reply_id, row.reply_wamid) : undefined,
    opaque: messageId,
  };
}
