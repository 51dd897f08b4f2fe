import { newId } from '../platform/ids.ts';
import type { Window } from './window.ts';

/** A message that wants its place: who wrote it on which number, and its id. */
export interface Arrival {
  tenantId: string;
  numberId: string;
  contactId: string;
  messageId: string;
  /** Meta's time in ms. */
  at: number;
}

// The live conversation takes the messages; without one, the last that was resolved under a day ago opens again; else another begins.
// Meta's time opens the service window, but never from the future.
const OPEN = `
  with arrived as (
    select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::int[], $6::uuid[], $7::float8[])
      as u(tenant_id, contact_id, number_id, new_id, amount, last_id, at)
  ), windows as (
    insert into service_window as w (tenant_id, contact_id, number_id, last_inbound_at)
    select tenant_id, contact_id, number_id, least(to_timestamp(at / 1000), cube_now()) from arrived order by tenant_id, contact_id, number_id
    on conflict (tenant_id, contact_id, number_id) do update set last_inbound_at = excluded.last_inbound_at
    where w.last_inbound_at < excluded.last_inbound_at
  ), ended as materialized (
    select a.tenant_id, last.id, a.amount, a.last_id from arrived a cross join lateral (
      select id, status, resolved_at from conversation l
      where l.tenant_id = a.tenant_id and l.contact_id = a.contact_id and l.number_id = a.number_id order by id desc limit 1
    ) last
    where last.status = 'RESOLVED' and last.resolved_at > cube_now() - interval '24 hours' and not exists (
      select from conversation l
      where l.tenant_id = a.tenant_id and l.contact_id = a.contact_id and l.number_id = a.number_id and l.status <> 'RESOLVED'
    )
  ), reopened as (
    update conversation c set status = 'OPEN', resolved_at = null, unread_count = c.unread_count + e.amount,
      last_message_id = greatest(c.last_message_id, e.last_id), last_activity_at = cube_now()
    from ended e where c.tenant_id = e.tenant_id and c.id = e.id
    returning c.tenant_id, c.contact_id, c.number_id, c.id
  ), taken as (
    insert into conversation as c (tenant_id, id, contact_id, number_id, unread_count, last_message_id)
    select tenant_id, new_id, contact_id, number_id, amount, last_id from arrived a
    where not exists (
      select from reopened r where r.tenant_id = a.tenant_id and r.contact_id = a.contact_id and r.number_id = a.number_id
    )
    order by tenant_id, contact_id, number_id
    on conflict (tenant_id, contact_id, number_id) where status <> 'RESOLVED' do update set
      unread_count = c.unread_count + excluded.unread_count,
      last_message_id = greatest(c.last_message_id, excluded.last_message_id),
      last_activity_at = cube_now(),
      status = case c.status when 'SNOOZED' then 'OPEN' else c.status end
    returning c.tenant_id, c.contact_id, c.number_id, c.id
  )
  select * from reopened union all select * from taken`;

/** Brings each message to its conversation, counts it as unread and opens the service window. Gives the conversations' ids in the order of the messages. */
export async function openConversations({ query }: Window, arrivals: readonly Arrival[]): Promise<string[]> {
  const pairs = [...Map.groupBy(arrivals, pairOf).values()];
  const heads = pairs.map((pair) => pair[0] as Arrival);
  const rows = await query<{ tenant_id: string; contact_id: string; number_id: string; id: string }>(OPEN, [
    heads.map((head) => head.tenantId),
    heads.map((head) => head.contactId),
    heads.map((head) => head.numberId),
    heads.map(() => newId()),
    pairs.map((pair) => pair.length),
    pairs.map((pair) => pair.at(-1)?.messageId),
    pairs.map((pair) => Math.max(...pair.map((arrival) => arrival.at))),
  ]);
  const found = new Map(
    rows.map((row) => [pairOf({ tenantId: row.tenant_id, contactId: row.contact_id, numberId: row.number_id }), row.id]),
  );
  return arrivals.map((arrival) => found.get(pairOf(arrival)) as string);
}

function pairOf({ tenantId, contactId, numberId }: Pick<Arrival, 'tenantId' | 'contactId' | 'numberId'>): string {
  return `${tenantId}${contactId}${numberId}`;
}
