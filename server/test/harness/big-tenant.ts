import type { TestApp, TestTenant } from './app.ts';
import { connect } from './connect.ts';

/** How many conversations, each with a contact, a phone, a window and two messages; one of them has 5,000 messages more. */
export const CONVERSATIONS = 100_000;

/** As ids of the product look: in the order of time. */
const idOf = (kind: string, n = 'n') =>
  `(lpad(to_hex(1700000000000 + ${n}), 12, '0') || '7000${kind}' || lpad(to_hex(${n}), 12, '0'))::uuid`;
const [CONTACT, CONVERSATION, MESSAGE, REPLY] = [idOf('8001'), idOf('8002'), idOf('8003'), idOf('8004')];

/**
 * Fills a tenant by plain SQL, and another one with a fiftieth of that. Seven in ten conversations are resolved, two in three have somebody,
 * one in 47 is unread. Every contact carries `commonWord`, one in ten thousand `rareWord`.
 */
export async function fillBigTenant(
  app: TestApp,
  [big, small]: [TestTenant, TestTenant],
  words: { common: Buffer; rare: Buffer; phone: Buffer },
): Promise<void> {
  // Foreign keys hold by how ids are made: checking them a million times would take most of the time.
  const superuser = await connect({ ...app.address, user: 'postgres' });
  await superuser.rows(`set session_replication_role = 'replica'`);
  for (const [tenant, count] of [[big, CONVERSATIONS] as const, [small, CONVERSATIONS / 50] as const]) {
    const members = Object.values(tenant.users).map((user) => user.memberId);
    for (const sql of statements(tenant, members)) await superuser.rows(sql.replaceAll('COUNT', String(count)));
    const insert = 'insert into contact_word (tenant_id, word, contact_id)';
    const from = `from generate_series(1, ${count}) n`;
    await superuser.rows(`${insert} select $1, $2, ${CONTACT} ${from}`, [tenant.id, words.common]);
    await superuser.rows(`${insert} select $1, $2, ${CONTACT} ${from} where n % 10000 = 5`, [tenant.id, words.rare]);
    await superuser.rows(
      `update contact_identity set value_index = $2 where tenant_id = $1 and contact_id = ${idOf('8001', '77')}`,
      [tenant.id, words.phone],
    );
  }
  await superuser.rows('vacuum analyze');
  await superuser.end();
}

function statements(tenant: TestTenant, members: string[]): string[] {
  const at = `'2026-01-01'::timestamptz + n * interval '1 minute'`;
  const into = (table: string, columns: string, values: string, rest = '') =>
    `insert into ${table} (tenant_id, ${columns}) select '${tenant.id}', ${values} from generate_series(1, COUNT) n ${rest}`;
  const status = `case when n % 10 < 7 then 'RESOLVED' when n % 10 < 9 then 'OPEN' when n % 20 < 10 then 'PENDING' else 'SNOOZED' end`;
  const assignee = `case when n % 3 > 0 then ('{${members.join(',')}}'::uuid[])[1 + n % ${members.length}] end`;
  const message = 'id, conversation_id, direction, kind, status, sent_at';
  const thread = idOf('8002', '42');
  return [
    into('contact', 'id, key_id', `${CONTACT}, ${CONTACT}`),
    into(
      'contact_identity',
      'id, contact_id, kind, value, value_index',
      `${CONTACT}, ${CONTACT}, 'PHONE', '\\x${'00'.repeat(60)}', decode(md5(n::text), 'hex')`,
    ),
    into('service_window', 'contact_id, number_id, last_inbound_at', `${CONTACT}, '${tenant.numberId}', ${at}`),
    into(
      'conversation',
      'id, contact_id, number_id, status, assignee_id, unread_count, last_message_id, last_activity_at',
      `${CONVERSATION}, ${CONTACT}, '${tenant.numberId}', ${status}, ${assignee}, (n % 47 = 0)::int, ${REPLY}, ${at}`,
    ),
    into('message', message, `${MESSAGE}, ${CONVERSATION}, 'INBOUND', 'TEXT', 'RECEIVED', ${at}`),
    into('message', `${message}, reply_to_id`, `${REPLY}, ${CONVERSATION}, 'OUTBOUND', 'TEXT', 'READ', ${at}, ${MESSAGE}`),
    into('message', message, `${idOf('8005')}, ${thread}, 'INBOUND', 'TEXT', 'RECEIVED', ${at}`, 'where n <= 5000'),
    into('message_status', 'message_id, attempt, status, at', `${REPLY}, 0, s, ${at}`, `cross join unnest('{READ}'::text[]) s`),
    into(
      'event',
      'seq, kind, subject_id, conversation_id, status, at',
      `n, case when n % 3 > 0 then 'MESSAGE_STATUS' else 'MESSAGE_CREATED' end, ${MESSAGE}, ${CONVERSATION}, 'SENT', ${at}`,
    ),
    `update event_counter set seq = COUNT where tenant_id = '${tenant.id}'`,
  ];
}

/** The conversation with the long thread: the one of number 42. */
export const LONG_THREAD = '018bcfe5-682a-7000-8002-00000000002a';
