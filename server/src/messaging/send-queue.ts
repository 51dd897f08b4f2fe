import type { Query } from '../platform/query.ts';
import { LEASE_S, type QueuedSend } from './queued-send.ts';

interface Row {
  tenant_id: string;
  message_id: string;
  number_id: string;
  contact_id: string;
  attempt: number;
  tries: number;
  unreached: number;
  lease: string;
}

const ROW = 'q.tenant_id, q.message_id, q.number_id, q.contact_id, q.attempt, q.tries, q.unreached, q.lease_until::text as lease';

// The queue is empty at one moment and full at the next: its statements are planned each time.

// Steps from number to number through the index: a number with a million rows costs as much as one with a single row.
const DUE_NUMBERS = `
  with recursive numbers as (
    (select number_id from send_queue where lease_until is null and waiting is null order by number_id limit 1)
    union all
    select (select q.number_id from send_queue q where q.lease_until is null and q.waiting is null and q.number_id > n.number_id order by q.number_id limit 1)
    from numbers n where n.number_id is not null
  )
  select n.number_id from numbers n
  where n.number_id <> all($1::uuid[])
    and exists (select from send_queue q where q.number_id = n.number_id and q.lease_until is null and q.waiting is null and q.run_at <= cube_now())`;

// A customer's messages leave in the order they were written, as their times in the queue have it. What was put back to go later, or waits for its file,
// holds up all that was written after it, until it is leased. (The planner knows nothing of a queue that was empty a moment ago: what holds up is read off
// the one index that knows it, and rows are found again by their place.)
const CLAIM = `
  with due as (
    select d.place from unnest($1::uuid[], $2::int[]) as wanted(number_id, room)
    cross join lateral (
      select q.ctid as place from send_queue q
      where q.number_id = wanted.number_id and q.lease_until is null and q.waiting is null and q.run_at <= cube_now()
        and not exists (
          select from (
            select o.message_id from send_queue o
            where o.number_id = q.number_id and o.contact_id = q.contact_id and o.lease_until is null and (o.goes_alone or o.waiting = 'MEDIA')
            order by o.message_id limit 1
          ) first where first.message_id < q.message_id
        )
      order by q.run_at, q.message_id limit wanted.room for update skip locked
    ) d
  )
  update send_queue q set lease_until = cube_now() + interval '${LEASE_S} seconds' from due where q.ctid = due.place
  returning ${ROW}`;

// Only a lease that is still ours may be marked: after its end another process may have the row.
const MARK = `
  update send_queue q set attempted_at = cube_now(), lease_until = cube_now() + interval '${LEASE_S} seconds'
  from unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) as mine(tenant_id, message_id, lease)
  where q.tenant_id = mine.tenant_id and q.message_id = mine.message_id and q.lease_until = mine.lease and q.lease_until > cube_now()
    and q.attempted_at is null
  returning q.message_id, q.lease_until::text as lease`;

const PUT_BACK = `
  update send_queue q set lease_until = null, attempted_at = null, tries = mine.tries, unreached = mine.unreached,
    run_at = case when mine.delay > 0 then cube_now() + make_interval(secs => mine.delay / 1000) else q.run_at end,
    goes_alone = q.goes_alone or mine.delay > 0
  from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::smallint[], $5::smallint[], $6::float8[])
    as mine(tenant_id, message_id, lease, tries, unreached, delay)
  where q.tenant_id = mine.tenant_id and q.message_id = mine.message_id and q.lease_until = mine.lease`;

/** The numbers, except some, that have something to send now. */
export async function numbersDue(query: Query, except: readonly string[]): Promise<string[]> {
  const rows = await query<{ number_id: string }>(DUE_NUMBERS, [except], 'anew');
  return rows.map((row) => row.number_id);
}

/** Leases up to so many due sends of each number, those that wait longest first. */
export async function claimSends(query: Query, rooms: ReadonlyMap<string, number>): Promise<QueuedSend[]> {
  const rows = await query<Row>(CLAIM, [[...rooms.keys()], [...rooms.values()]], 'anew');
  return rows.map(sendOf).sort((a, b) => (a.messageId < b.messageId ? -1 : 1));
}

/** Marks sends as attempted, before the first byte of them goes out. Gives each with its new lease, or null where the lease was lost. */
export async function markAttempted(query: Query, sends: readonly QueuedSend[]): Promise<(QueuedSend | null)[]> {
  const rows = await query<Pick<Row, 'message_id' | 'lease'>>(MARK, [...keysOf(sends), sends.map((send) => send.lease)], 'anew');
  const leases = new Map(rows.map((row) => [row.message_id, row.lease]));
  return sends.map((send) => {
    const lease = leases.get(send.messageId);
    return lease === undefined ? null : { ...send, lease };
  });
}

/** A send that goes back into the queue: it was surely not accepted. Its counts are as the row shall have them from now on. */
export interface PutBack {
  send: QueuedSend;
  delayMs: number;
}

/** Gives leases back. The rows are due again after their delay; without one they keep their place. Of a customer's sends only the oldest may have one. */
export async function putBack(query: Query, returned: readonly PutBack[]): Promise<void> {
  const sends = returned.map(({ send }) => send);
  await query(
    PUT_BACK,
    [
      ...keysOf(sends),
      sends.map((send) => send.lease),
      sends.map((send) => send.tries),
      sends.map((send) => send.unreached),
      returned.map(({ delayMs }) => delayMs),
    ],
    'anew',
  );
}

/** Takes sends out of the queue for good. */
export async function leaveQueue(query: Query, sends: readonly QueuedSend[]): Promise<void> {
  await query(
    `delete from send_queue q using unnest($1::uuid[], $2::uuid[], $3::smallint[]) as done(tenant_id, message_id, attempt)
     where q.tenant_id = done.tenant_id and q.message_id = done.message_id and q.attempt = done.attempt`,
    [...keysOf(sends), sends.map((send) => send.attempt)],
    'anew',
  );
}

/** Frees rows whose lease ended before they were attempted: nothing of them went out. */
export async function freeExpired(query: Query): Promise<void> {
  await query('update send_queue set lease_until = null where lease_until <= cube_now() and attempted_at is null');
}

/** Leases rows anew that were attempted and whose outcome nobody recorded in time: they may have been sent. */
export async function claimUnrecorded(query: Query, most: number): Promise<QueuedSend[]> {
  const rows = await query<Row>(
    `update send_queue q set lease_until = cube_now() + interval '${LEASE_S} seconds'
     from (
       select tenant_id, message_id from send_queue where lease_until <= cube_now() and attempted_at is not null limit $1 for update skip locked
     ) as lost
     where q.tenant_id = lost.tenant_id and q.message_id = lost.message_id
     returning ${ROW}`,
    [most],
  );
  return rows.map(sendOf);
}

function keysOf(sends: readonly QueuedSend[]): [string[], string[]] {
  return [sends.map((send) => send.tenantId), sends.map((send) => send.messageId)];
}

function sendOf(row: Row): QueuedSend {
  return {
    tenantId: row.tenant_id,
    messageId: row.message_id,
    numberId: row.number_id,
    contactId: row.contact_id,
    attempt: row.attempt,
    tries: row.tries,
    unreached: row.unreached,
    lease: row.lease,
  };
}
