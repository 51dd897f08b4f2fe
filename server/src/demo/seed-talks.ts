import type { Query } from '../platform/query.ts';
import type { DemoCompany } from './demo-company.ts';
import type { DemoPerson } from './demo-people.ts';
import { demoTalk, type SeedConversation, type SeedMessage, type SeedPlace } from './demo-talks.ts';

/** Enters conversations in past time, without events: nobody is told of them, they were always there. */
export async function seedTalks(
  query: Query,
  company: DemoCompany,
  where: SeedPlace,
  people: DemoPerson[],
  now: Date,
): Promise<void> {
  const conversations = people.map((person, index) => demoTalk(company, where, person, index, now));
  await insertConversations(query, where.numberId, conversations);
  await insertMessages(
    query,
    conversations.flatMap((conversation) => conversation.messages),
  );
  await insertTimelines(query);
  await insertAttention(query);
  await query('update contact c set created_at = v.created_at from conversation v where v.contact_id = c.id');
}

async function insertConversations(query: Query, numberId: string, rows: SeedConversation[]): Promise<void> {
  await query(
    `insert into conversation (id, contact_id, number_id, status, assignee_id, unread_count, last_message_id, last_activity_at, created_at, resolved_at)
     select i, c, $1, s, a, u, m, l, f, case when s = 'RESOLVED' then l end
     from unnest($2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::int[], $7::uuid[], $8::timestamptz[], $9::timestamptz[]) x(i, c, s, a, u, m, l, f)`,
    [
      numberId,
      rows.map((row) => row.id),
      rows.map((row) => row.contactId),
      rows.map((row) => row.status),
      rows.map((row) => row.assigneeId),
      rows.map((row) => row.unread),
      rows.map((row) => row.messages.at(-1)?.id),
      rows.map((row) => row.messages.at(-1)?.at),
      rows.map((row) => row.messages[0]?.at),
    ],
  );
  await query(
    'insert into service_window (contact_id, number_id, last_inbound_at) select c, $1, t from unnest($2::uuid[], $3::timestamptz[]) x(c, t)',
    [numberId, rows.map((row) => row.contactId), rows.map((row) => row.lastInboundAt)],
  );
}

async function insertMessages(query: Query, rows: SeedMessage[]): Promise<void> {
  await query(
    `insert into message (id, conversation_id, direction, kind, body, status, attempt, author_member_id, failure_code, sent_at, created_at)
     select i, c, d, 'TEXT', b, s, case when d = 'OUTBOUND' then 1 else 0 end, a, f, t, t
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::bytea[], $5::text[], $6::uuid[], $7::int[], $8::timestamptz[]) x(i, c, d, b, s, a, f, t)`,
    [
      rows.map((row) => row.id),
      rows.map((row) => row.conversationId),
      rows.map((row) => row.direction),
      rows.map((row) => row.body),
      rows.map((row) => row.status),
      rows.map((row) => row.authorId),
      rows.map((row) => row.failureCode),
      rows.map((row) => row.at),
    ],
  );
}

/** Somebody has looked at all that failed before the last two days. */
async function insertAttention(query: Query): Promise<void> {
  await query(
    `insert into attention (message_id, kind, at) select id, 'FAILED', sent_at from message
     where status = 'FAILED' and sent_at > cube_now() - interval '2 days'`,
  );
}

/** Each message passed through what comes before its status. */
async function insertTimelines(query: Query): Promise<void> {
  await query(
    `insert into message_status (message_id, attempt, status, at)
     select m.id, 1, s.status, m.sent_at + s.after from message m
     join (values ('ACCEPTED', interval '1 s', 1), ('SENT', interval '1 s', 2), ('DELIVERED', interval '2 s', 3),
                  ('READ', interval '30 s', 4), ('FAILED', interval '2 s', 0)) s(status, after, rank)
       on (m.status = 'FAILED' and s.status in ('ACCEPTED', 'FAILED'))
       or (m.status = 'DELIVERED' and s.rank between 1 and 3) or (m.status = 'READ' and s.rank > 0)
     where m.direction = 'OUTBOUND'`,
  );
}
