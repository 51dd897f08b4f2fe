import { newId } from '../platform/ids.ts';
import type { Query } from '../platform/query.ts';
import { place, seal } from '../platform/sealed.ts';
import type { DemoCompany } from './demo-company.ts';
import type { DemoPerson } from './demo-people.ts';

export interface SeedPlace {
  tenantId: string;
  numberId: string;
  /** Members who answer, in turn. */
  memberIds: string[];
}

interface SeedMessage {
  id: string;
  conversationId: string;
  body: Buffer;
  direction: 'INBOUND' | 'OUTBOUND';
  status: string;
  authorId: string | null;
  failureCode: number | null;
  at: Date;
}

interface SeedConversation {
  id: string;
  contactId: string;
  status: string;
  assigneeId: string | null;
  unread: number;
  lastMessageId: string;
  lastAt: Date;
  firstAt: Date;
  lastInboundAt: Date;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Hours since the customers' last messages: most windows are open, one is about to close, one just did. */
const SPECIAL = [0.05, 0.2, 22.9, 24.4, 0.6, 0.9];

/** Enters conversations in past time, without events: nobody is told of them, they were always there. Gives the number of messages. */
export async function seedTalks(query: Query, company: DemoCompany, where: SeedPlace, people: DemoPerson[], now: Date): Promise<number> {
  const conversations: SeedConversation[] = [];
  const messages: SeedMessage[] = [];
  for (const [index, person] of people.entries()) addTalk(company, where, person, index, now, conversations, messages);
  await insert(query, where, conversations, messages);
  return messages.length;
}

function addTalk(company: DemoCompany, where: SeedPlace, person: DemoPerson, index: number, now: Date, conversations: SeedConversation[], messages: SeedMessage[]): void {
  const { tenantId, memberIds } = where;
  const conversationId = newId();
  const assigneeId = index % 4 === 3 ? null : (memberIds[index % memberIds.length] ?? null);
  // Several talks one after the other, the last one at a different point for each customer.
  const talks = Array.from({ length: 2 + (index % 4) }, (_, turn) => company.talks[(index * 5 + turn * 3) % company.talks.length] ?? []);
  const lines = talks.flatMap((talk, turn) => {
    const isLast = turn === talks.length - 1;
    return (isLast ? talk.slice(0, 1 + ((index * 3) % talk.length)) : talk).map((text, position) => ({ text, turn, isInbound: position % 2 === 0 }));
  });
  const sinceLast = (SPECIAL[index] ?? 0.3 * (index - 4) ** 1.25) * HOUR;
  const turnsAfter = (turn: number) => talks.length - 1 - turn;
  const own = lines.map(({ text, turn, isInbound }, position): SeedMessage => {
    const id = newId();
    const before = (lines.length - 1 - position) * (2 + (index % 5)) * MINUTE + turnsAfter(turn) * (20 + (index % 9) * 7) * HOUR;
    const isLast = position === lines.length - 1;
    return {
      id,
      conversationId,
      body: seal(person.key, place(tenantId, 'message', 'body', id), text),
      direction: isInbound ? 'INBOUND' : 'OUTBOUND',
      status: isInbound ? 'RECEIVED' : isLast ? (index % 11 === 5 ? 'FAILED' : index % 3 === 0 ? 'DELIVERED' : 'READ') : 'READ',
      authorId: isInbound ? null : (assigneeId ?? memberIds[0] ?? null),
      failureCode: !isInbound && isLast && index % 11 === 5 ? 131_026 : null,
      at: new Date(now.getTime() - sinceLast - before),
    };
  });
  const last = own.at(-1);
  const first = own[0];
  if (!last || !first) return;
  const unread = last.direction === 'INBOUND' && sinceLast < 40 * HOUR ? 1 : 0;
  const isOver = sinceLast > 60 * HOUR && last.direction === 'OUTBOUND';
  conversations.push({
    id: conversationId,
    contactId: person.contactId,
    status: isOver ? 'RESOLVED' : 'OPEN',
    assigneeId,
    unread,
    lastMessageId: last.id,
    lastAt: last.at,
    firstAt: first.at,
    lastInboundAt: own.findLast((message) => message.direction === 'INBOUND')?.at ?? first.at,
  });
  messages.push(...own);
}

async function insert(query: Query, { numberId }: SeedPlace, conversations: SeedConversation[], messages: SeedMessage[]): Promise<void> {
  const all = <Row, Value>(rows: Row[], pick: (row: Row) => Value) => rows.map(pick);
  await query(
    `insert into conversation (id, contact_id, number_id, status, assignee_id, unread_count, last_message_id, last_activity_at, created_at, resolved_at)
     select i, c, $1, s, a, u, m, l, f, case when s = 'RESOLVED' then l end
     from unnest($2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::int[], $7::uuid[], $8::timestamptz[], $9::timestamptz[]) x(i, c, s, a, u, m, l, f)`,
    [
      numberId,
      all(conversations, (row) => row.id),
      all(conversations, (row) => row.contactId),
      all(conversations, (row) => row.status),
      all(conversations, (row) => row.assigneeId),
      all(conversations, (row) => row.unread),
      all(conversations, (row) => row.lastMessageId),
      all(conversations, (row) => row.lastAt),
      all(conversations, (row) => row.firstAt),
    ],
  );
  await query('insert into service_window (contact_id, number_id, last_inbound_at) select c, $1, t from unnest($2::uuid[], $3::timestamptz[]) x(c, t)', [
    numberId,
    all(conversations, (row) => row.contactId),
    all(conversations, (row) => row.lastInboundAt),
  ]);
  await query(
    `insert into message (id, conversation_id, direction, kind, body, status, attempt, author_member_id, failure_code, sent_at, created_at)
     select i, c, d, 'TEXT', b, s, case when d = 'OUTBOUND' then 1 else 0 end, a, f, t, t
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::bytea[], $5::text[], $6::uuid[], $7::int[], $8::timestamptz[]) x(i, c, d, b, s, a, f, t)`,
    [
      all(messages, (row) => row.id),
      all(messages, (row) => row.conversationId),
      all(messages, (row) => row.direction),
      all(messages, (row) => row.body),
      all(messages, (row) => row.status),
      all(messages, (row) => row.authorId),
      all(messages, (row) => row.failureCode),
      all(messages, (row) => row.at),
    ],
  );
  await query(
    `insert into message_status (message_id, attempt, status, at)
     select m.id, 1, s.status, m.sent_at + s.after from message m
     join (values ('ACCEPTED', interval '1 s', 1), ('SENT', interval '1 s', 2), ('DELIVERED', interval '2 s', 3), ('READ', interval '30 s', 4), ('FAILED', interval '2 s', 0)) s(status, after, rank)
       on (m.status = 'FAILED' and s.status in ('ACCEPTED', 'FAILED')) or (m.status = 'DELIVERED' and s.rank between 1 and 3) or (m.status = 'READ' and s.rank > 0)
     where m.direction = 'OUTBOUND'`,
  );
}
