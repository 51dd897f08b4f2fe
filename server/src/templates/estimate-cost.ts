import type { Context } from '../platform/context.ts';
import type { Keys } from '../platform/keys.ts';
import type { Query } from '../platform/query.ts';
import { place, Sealed } from '../platform/sealed.ts';
import type { Window } from '../platform/window.ts';
import { priceBook } from '../whatsapp/price-book.ts';
import { countryOf, type PriceCategory, type PriceRules } from '../whatsapp/prices.ts';

/** What a message will cost, as far as can be told before Meta says so. */
export interface CostEstimate {
  category: PriceCategory;
  /** `REGULAR`, or why it is free. */
  priceType: string;
  /** Of the price table: what Meta charges in the end is looked up there. */
  market: string | null;
  /** Null where no price is known. */
  micros: number | null;
  currency: string | null;
}

/** To whom, from which number, and what. */
export interface ToEstimate {
  contactId: string;
  numberId: string;
  /** Of a template; without it the message is free-form. */
  templateCategory?: string | null;
}

interface Facts {
  now: Date | string;
  is_open: boolean | null;
  is_free: boolean | null;
  service_messages: number | null;
  identity_id: string | null;
  value: Buffer | null;
  kind: string | null;
}

// A free entry point counts from our first answer, which is free itself. WhatsApp's id of a person begins with their country.
const FACTS = `
  select cube_now() as now, w.last_inbound_at > cube_now() - interval '24 hours' as is_open,
    w.free_until > cube_now() or (w.referral_at > cube_now() - interval '24 hours' and coalesce(w.free_until < w.referral_at, true)) as is_free,
    (select m.service_messages from number_month m
      where m.tenant_id = n.tenant_id and m.number_id = n.id and m.month = date_trunc('month', cube_now() at time zone 'UTC')) as service_messages,
    i.id as identity_id, i.value, i.kind
  from unnest($1::uuid[], $2::uuid[], $3::uuid[]) with ordinality as u(tenant_id, contact_id, number_id, place)
  join whatsapp_number n on n.tenant_id = u.tenant_id and n.id = u.number_id
  left join service_window w on w.tenant_id = u.tenant_id and w.contact_id = u.contact_id and w.number_id = n.id
  left join lateral (
    select id, value, kind from contact_identity
    where tenant_id = u.tenant_id and contact_id = u.contact_id and ended_at is null and kind in ('PHONE', 'BSUID') order by kind desc, id desc limit 1
  ) i on true
  order by u.place`;

/** Estimates what a message to a contact costs if it goes out now, by the window, the price table and what the number sent this month. One statement. */
export async function estimateCost(ctx: Context, query: Query, asked: ToEstimate): Promise<CostEstimate> {
  const [cost] = await estimateCosts({ query, keys: ctx.services.keys }, [{ tenantId: ctx.me.tenantId, ...asked }]);
  return cost as CostEstimate;
}

/** The same for many, of any tenants that `query` may see, in their order. */
export async function estimateCosts(
  { query, keys }: Pick<Window, 'query' | 'keys'>,
  asked: readonly (ToEstimate & { tenantId: string })[],
): Promise<CostEstimate[]> {
  const facts = await query<Facts>(FACTS, [
    asked.map(({ tenantId }) => tenantId),
    asked.map(({ contactId }) => contactId),
    asked.map(({ numberId }) => numberId),
  ]);
  if (facts.length !== asked.length) throw new Error('A cost was asked for a number that is not there.');
  const rows = asked.map((one, index) => ({ ...one, ...(facts[index] as Facts) }));
  for (const [tenantId, mine] of Map.groupBy(rows, (row) => row.tenantId))
    await keys.loadContactKeys(
      query,
      tenantId,
      mine.flatMap(({ value }) => (value ? [new Sealed(value).keyId] : [])),
    );
  return rows.map((row) => estimate(row, countryOfPerson(keys, row), row.templateCategory));
}

/** The same for somebody in that country who is nobody's contact yet. */
export function estimateForCountry(country: string | null, now: Date, templateCategory?: string | null): CostEstimate {
  return estimate({ now, is_open: false, is_free: false, service_messages: 0 }, country, templateCategory);
}

type Situation = Pick<Facts, 'now' | 'is_open' | 'is_free' | 'service_messages'>;

function estimate(facts: Situation, country: string | null, templateCategory?: string | null): CostEstimate {
  const now = new Date(facts.now);
  const book = priceBook();
  const category = (templateCategory ?? 'SERVICE') as PriceCategory;
  const market = country === null ? null : book.marketOf(country, now);
  const price = market === null ? null : book.priceOf(market, category, now);
  const priceType = whyFree(category, facts, book.rulesAt(now)) ?? 'REGULAR';
  const currency = price?.currency ?? null;
  if (priceType !== 'REGULAR') return { category, priceType, market, micros: 0, currency: currency ?? 'USD' };
  return { category, priceType, market, micros: price?.micros ?? null, currency };
}

function whyFree(category: PriceCategory, facts: Situation, rules: PriceRules): string | null {
  if (facts.is_free) return 'FREE_ENTRY_POINT';
  if (category === 'UTILITY' && facts.is_open && !rules.isUtilityInWindowCharged) return 'FREE_CUSTOMER_SERVICE';
  if (category !== 'SERVICE') return null;
  if (!rules.isServiceCharged) return 'FREE_CUSTOMER_SERVICE';
  return (facts.service_messages ?? 0) < rules.freeServiceMessages ? 'FREE_MONTHLY_ALLOWANCE' : null;
}

function countryOfPerson(keys: Keys, { tenantId, identity_id: id, value, kind }: Facts & { tenantId: string }): string | null {
  // Of somebody who is being erased nothing is known.
  if (!id || !value || !keys.contactKey(tenantId, new Sealed(value).keyId)) return null;
  const text = keys.open(tenantId, place(tenantId, 'contact_identity', 'value', id), value);
  return countryOf(kind === 'PHONE' ? { phone: text } : { userId: text });
}
