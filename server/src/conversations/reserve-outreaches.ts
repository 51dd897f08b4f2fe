import type { Query } from '../platform/query.ts';

/** A customer who is to be written to outside their window, on one of our numbers. */
export interface Outreach {
  tenantId: string;
  numberId: string;
  contactId: string;
}

interface Standing {
  place: string;
  portfolio: string;
  messaging_limit: number | null;
  /** Of its portfolio, in the last 24 hours. */
  used: number;
  /** Whether the customer is among them. */
  is_counted: boolean;
}

// Alone from here to the commit, and in one order.
const LOCK = `
  select pg_advisory_xact_lock(hashtextextended('outreach ' || l.tenant_id || ' ' || l.portfolio, 0)) from (
    select distinct a.tenant_id, coalesce(a.portfolio_id, a.waba_id) as portfolio
    from unnest($1::uuid[], $2::uuid[]) as u(tenant_id, number_id)
    join whatsapp_number n on n.tenant_id = u.tenant_id and n.id = u.number_id
    join whatsapp_account a on a.tenant_id = n.tenant_id and a.id = n.account_id
    where a.messaging_limit is not null order by 1, 2
  ) l`;

const STANDING = `
  with asked as (
    select u.place, u.tenant_id, u.contact_id, coalesce(a.portfolio_id, a.waba_id) as portfolio, a.messaging_limit
    from unnest($1::uuid[], $2::uuid[], $3::uuid[]) with ordinality as u(tenant_id, number_id, contact_id, place)
    join whatsapp_number n on n.tenant_id = u.tenant_id and n.id = u.number_id
    join whatsapp_account a on a.tenant_id = n.tenant_id and a.id = n.account_id
  ), counted as (
    select p.tenant_id, p.portfolio, count(*)::int as used from (select distinct tenant_id, portfolio from asked where messaging_limit is not null) p
    join outreach o on o.tenant_id = p.tenant_id and o.portfolio = p.portfolio and o.last_at > cube_now() - interval '24 hours'
    group by 1, 2
  )
  select a.place, a.portfolio, a.messaging_limit, coalesce(c.used, 0) as used, exists (
    select from outreach o where o.tenant_id = a.tenant_id and o.portfolio = a.portfolio and o.contact_id = a.contact_id
      and o.last_at > cube_now() - interval '24 hours'
  ) as is_counted
  from asked a left join counted c on c.tenant_id = a.tenant_id and c.portfolio = a.portfolio
  order by a.place`;

const COUNT = `
  insert into outreach (tenant_id, portfolio, contact_id, last_at)
  select distinct tenant_id, portfolio, contact_id, cube_now() from unnest($1::uuid[], $2::text[], $3::uuid[]) as u(tenant_id, portfolio, contact_id)
  order by 1, 2, 3
  on conflict (tenant_id, portfolio, contact_id) do update set last_at = excluded.last_at`;

/**
 * Counts customers who are written to outside their windows, of any tenants that `query` may see, the first come first; one who was counted within 24 hours
 * costs nothing. The count stays exact when several write at once: they wait for one another. Gives those for whom their business' messaging limit has no
 * room; they are not counted.
 */
export async function reserveOutreaches<T extends Outreach>(query: Query, asked: readonly T[]): Promise<Set<T>> {
  const refused = new Set<T>();
  if (!asked.length) return refused;
  const tenantIds = asked.map(({ tenantId }) => tenantId);
  const numberIds = asked.map(({ numberId }) => numberId);
  await query(LOCK, [tenantIds, numberIds]);
  const standings = await query<Standing>(STANDING, [tenantIds, numberIds, asked.map(({ contactId }) => contactId)]);
  const added = new Map<string, Set<string>>();
  const counted: [string, string, string][] = [];
  for (const { place, portfolio, messaging_limit: limit, used, is_counted } of standings) {
    const one = asked[Number(place) - 1] as T;
    const name = `${one.tenantId} ${portfolio}`;
    const people = added.get(name) ?? new Set();
    const isNew = !is_counted && !people.has(one.contactId);
    if (isNew && limit !== null && used + people.size >= limit) {
      refused.add(one);
      continue;
    }
    if (isNew) added.set(name, people.add(one.contactId));
    counted.push([one.tenantId, portfolio, one.contactId]);
  }
  const column = (index: 0 | 1 | 2) => counted.map((row) => row[index]);
  if (counted.length) await query(COUNT, [column(0), column(1), column(2)]);
  return refused;
}
