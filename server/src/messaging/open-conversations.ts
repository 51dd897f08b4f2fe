import { newId } from '../platform/ids.ts';
import { Outrun, type Window } from './window.ts';

/** A message that wants its place: who wrote it on which number, and its id. */
export interface Arrival {
  tenantId: string;
  numberId: string;
  contactId: string;
  messageId: string;
  /** Meta's time in ms. */
  at: number;
  /** One of us wrote it on the phone: it opens no window, and what came before it has been read. */
  isEcho: boolean;
  /** An advertisement or post brought the customer. */
  isReferred: boolean;
}

// The live conversation takes the messages; without one, the last that was resolved under a day ago opens again; else another begins. What it shows of
// them is written with their events: events/append.ts. Meta's time opens the service window, but never from the future. A pair that only echoes came for
// has no time. (`not in` is answered from a hash table, however many they are.)
const OPEN = `
  with arrived as (
    select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::float8[], $6::float8[])
      as u(tenant_id, contact_id, number_id, new_id, at, referral_at)
  ), windows as (
    insert into service_window as w (tenant_id, contact_id, number_id, last_inbound_at, referral_at)
    select tenant_id, contact_id, number_id, least(to_timestamp(at / 1000), cube_now()), to_timestamp(referral_at / 1000) from arrived
    where at is not null order by tenant_id, contact_id, number_id
    on conflict (tenant_id, contact_id, number_id) do update set last_inbound_at = greatest(w.last_inbound_at, excluded.last_inbound_at),
      referral_at = greatest(w.referral_at, excluded.referral_at)
    where w.last_inbound_at < excluded.last_inbound_at or excluded.referral_at is not null
  ), live as materialized (
    select a.new_id, c.id from arrived a
    join conversation c on c.tenant_id = a.tenant_id and c.contact_id = a.contact_id and c.number_id = a.number_id and c.status <> 'RESOLVED'
    order by a.tenant_id, a.contact_id, a.number_id for no key update of c
  ), ended as materialized (
    select a.new_id, a.tenant_id, last.id from arrived a cross join lateral (
      select id, status, resolved_at from conversation l
      where l.tenant_id = a.tenant_id and l.contact_id = a.contact_id and l.number_id = a.number_id order by id desc limit 1
    ) last
    where a.new_id not in (select new_id from live) and last.status = 'RESOLVED' and last.resolved_at > cube_now() - interval '24 hours'
  ), reopened as (
    update conversation c set status = 'OPEN', resolved_at = null from ended e where c.tenant_id = e.tenant_id and c.id = e.id
    returning e.new_id, c.id
  ), begun as (
    insert into conversation as c (tenant_id, id, contact_id, number_id)
    select tenant_id, new_id, contact_id, number_id from arrived
    where new_id not in (select new_id from live) and new_id not in (select new_id from ended)
    order by tenant_id, contact_id, number_id
    on conflict (tenant_id, contact_id, number_id) where status <> 'RESOLVED' do update set status = c.status
    returning c.tenant_id, c.contact_id, c.number_id, c.id
  )
  select new_id, id, null::uuid as tenant_id, null::uuid as contact_id, null::uuid as number_id from live
  union all select new_id, id, null, null, null from reopened
  union all select null, id, tenant_id, contact_id, number_id from begun`;

/** Brings each message to its conversation, which is locked, and opens the service window. Gives the conversations' ids in the order of the messages. */
export async function openConversations({ query }: Window, arrivals: readonly Arrival[]): Promise<string[]> {
  if (!arrivals.length) return [];
  const pairs = new Map<string, Pair>();
  const byMessage = arrivals.map((arrival) => {
    const name = pairOf(arrival);
    let pair = pairs.get(name);
    if (!pair) pairs.set(name, (pair = { ...arrival, newId: newId(), spokeAt: null, referredAt: null }));
    if (!arrival.isEcho) pair.spokeAt = Math.max(pair.spokeAt ?? arrival.at, arrival.at);
    if (!arrival.isEcho && arrival.isReferred) pair.referredAt = Math.max(pair.referredAt ?? arrival.at, arrival.at);
    return pair;
  });
  const all = [...pairs.values()];
  const rows = await query<PairRow & { new_id: string | null }>(OPEN, [
    all.map((pair) => pair.tenantId),
    all.map((pair) => pair.contactId),
    all.map((pair) => pair.numberId),
    all.map((pair) => pair.newId),
    all.map((pair) => pair.spokeAt),
    all.map((pair) => pair.referredAt),
  ]);
  // Those that just began are named by their pair: somebody else may have begun one at the same moment.
  await insistOnContacts(
    { query },
    rows.filter((row) => row.new_id === null),
  );
  const found = new Map(rows.map((row) => [row.new_id ?? nameOf(row), row.id]));
  return byMessage.map((pair) => (found.get(pair.newId) ?? found.get(pairOf(pair))) as string);
}

/** Throws `Outrun` when one of these contacts became part of another meanwhile: a conversation with it would be nobody's. */
async function insistOnContacts({ query }: Pick<Window, 'query'>, pairs: readonly PairRow[]): Promise<void> {
  if (!pairs.length) return;
  const gone = await query(
    `select 1 from unnest($1::uuid[], $2::uuid[]) as u(tenant_id, id) join contact c on c.tenant_id = u.tenant_id and c.id = u.id
     where c.merged_into_id is not null limit 1`,
    [pairs.map((pair) => pair.tenant_id), pairs.map((pair) => pair.contact_id)],
  );
  if (gone.length) throw new Outrun('A contact became part of another one.');
}

/** A customer and one of our numbers. */
interface Pair extends Arrival {
  /** The conversation's id, should one have to begin. */
  newId: string;
  /** When the customer wrote last, and came by an advertisement last, in ms. */
  spokeAt: number | null;
  referredAt: number | null;
}

interface PairRow {
  tenant_id: string;
  contact_id: string;
  number_id: string;
  id: string;
}

/** A message that stands in a conversation without counting there: a reaction, or what WhatsApp says. */
export interface QuietArrival extends Arrival {
  /** Whether it may begin a conversation where there is none. */
  mayBegin: boolean;
  opensWindow: boolean;
}

// The newest conversation of the two takes them, resolved or not.
const FIND = `
  with arrived as (
    select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::boolean[], $6::float8[])
      as u(tenant_id, contact_id, number_id, new_id, may_begin, at)
  ), windows as (
    insert into service_window as w (tenant_id, contact_id, number_id, last_inbound_at)
    select tenant_id, contact_id, number_id, least(to_timestamp(at / 1000), cube_now()) from arrived
    where at is not null order by tenant_id, contact_id, number_id
    on conflict (tenant_id, contact_id, number_id) do update set last_inbound_at = excluded.last_inbound_at
    where w.last_inbound_at < excluded.last_inbound_at
  ), known as materialized (
    select a.*, last.id from arrived a left join lateral (
      select id from conversation l
      where l.tenant_id = a.tenant_id and l.contact_id = a.contact_id and l.number_id = a.number_id order by id desc limit 1
    ) last on true
  ), begun as (
    insert into conversation as c (tenant_id, id, contact_id, number_id)
    select tenant_id, new_id, contact_id, number_id from known where id is null and may_begin order by tenant_id, contact_id, number_id
    on conflict (tenant_id, contact_id, number_id) where status <> 'RESOLVED' do update set unread_count = c.unread_count
    returning c.tenant_id, c.contact_id, c.number_id, c.id
  )
  select tenant_id, contact_id, number_id, id from known where id is not null union all select * from begun`;

/** The conversations of messages that do not count, in their order; undefined where there is none and none may begin. */
export async function findConversations({ query }: Window, arrivals: readonly QuietArrival[]): Promise<(string | undefined)[]> {
  if (!arrivals.length) return [];
  const pairs = [...Map.groupBy(arrivals, pairOf).values()];
  const heads = pairs.map((pair) => pair[0] as QuietArrival);
  const rows = await query<PairRow>(FIND, [
    heads.map((head) => head.tenantId),
    heads.map((head) => head.contactId),
    heads.map((head) => head.numberId),
    heads.map(() => newId()),
    pairs.map((pair) => pair.some((arrival) => arrival.mayBegin)),
    pairs.map((pair) => latest(pair.filter((arrival) => arrival.opensWindow))),
  ]);
  await insistOnContacts({ query }, rows);
  const found = new Map(rows.map((row) => [nameOf(row), row.id]));
  return arrivals.map((arrival) => found.get(pairOf(arrival)));
}

function latest(arrivals: readonly Arrival[]): number | null {
  return arrivals.length ? Math.max(...arrivals.map((arrival) => arrival.at)) : null;
}

function pairOf({ tenantId, contactId, numberId }: Pick<Arrival, 'tenantId' | 'contactId' | 'numberId'>): string {
  return `${tenantId}${contactId}${numberId}`;
}

function nameOf({ tenant_id: tenantId, contact_id: contactId, number_id: numberId }: PairRow): string {
  return pairOf({ tenantId, contactId, numberId });
}
