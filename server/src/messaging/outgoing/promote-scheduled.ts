import { reserveOutreaches } from '../../conversations/reserve-outreaches.ts';
import type { Services } from '../../platform/context.ts';
import type { EventRecord } from '../../platform/event-record.ts';
import { enqueueJobs } from '../../platform/jobs.ts';
import type { Query } from '../../platform/query.ts';
import { tenantsQuery } from '../../platform/tenant-query.ts';
import { estimateCosts } from '../../templates/estimate-cost.ts';
import { LIMIT_REACHED } from '../message-failure.ts';
import { recordProgress, type TrackedMessage } from '../record-progress.ts';
import { faultOf } from '../window-faults.ts';
import type { Window } from '../window.ts';
import { UPLOAD_MEDIA } from './queue-attempt.ts';

const AT_ONCE = 500;
const LOCK_TIMEOUT_MS = 1_000;
/** Meta's codes: the window is closed; the customer wants no marketing; a template is not approved, or was stopped. */
const WINDOW_CLOSED = 131047;
const OPTED_OUT = 131050;
const NOT_APPROVED = 132001;
const STOPPED: Record<string, number> = { PAUSED: 132015, DISABLED: 132016 };

// The database's clock alone says what is due.
const DUE = `select tenant_id from send_queue where waiting = 'SCHEDULED' and run_at <= cube_now() order by run_at limit ${AT_ONCE}`;

// Conversation and message first, then its row in the queue, as every command does. What somebody changes at this moment is not waited for, but looked at
// again in a moment. What is taken here is taken once, however many processes look.
const TAKE = `
  with due as (
    select m.tenant_id, m.id, m.conversation_id, m.attempt, m.kind, m.template_id, m.category, array_append(m.card_media_ids, m.media_id) as files, m.created_at
    from (select tenant_id, message_id from send_queue where tenant_id = any($1::uuid[]) and waiting = 'SCHEDULED' and run_at <= cube_now()
      order by run_at limit ${AT_ONCE}) q
    join message m on m.tenant_id = q.tenant_id and m.id = q.message_id and m.status = 'SCHEDULED'
    join conversation l on l.tenant_id = m.tenant_id and l.id = m.conversation_id
    order by m.tenant_id, m.id for no key update of l, m skip locked
  ), taken as (
    update send_queue q set run_at = due.created_at, waiting = case when exists (
        select from unnest(due.files) as file(id) where file.id is not null and not exists (
          select from media_upload u where u.tenant_id = q.tenant_id and u.media_id = file.id and u.number_id = q.number_id and u.expires_at > cube_now()
        )
      ) then 'MEDIA' end
    from due where q.tenant_id = due.tenant_id and q.message_id = due.id and q.waiting = 'SCHEDULED' and q.run_at <= cube_now()
    returning q.tenant_id, q.message_id, q.number_id, q.contact_id, q.waiting
  )
  select due.tenant_id, due.id, due.conversation_id, due.attempt, due.kind, taken.waiting, taken.number_id, taken.contact_id,
    case when due.kind = 'TEMPLATE' then coalesce(t.category, due.category) end as category, t.status as template_status,
    c.marketing_stopped_at is not null as has_stopped_marketing,
    coalesce((select s.last_inbound_at > cube_now() - interval '24 hours' from service_window s
      where s.tenant_id = due.tenant_id and s.contact_id = v.contact_id and s.number_id = v.number_id), false) as is_open
  from taken join due on due.tenant_id = taken.tenant_id and due.id = taken.message_id
  join conversation v on v.tenant_id = due.tenant_id and v.id = due.conversation_id
  join contact c on c.tenant_id = v.tenant_id and c.id = v.contact_id
  left join template t on t.tenant_id = due.tenant_id and t.id = due.template_id
  order by due.tenant_id, due.id`;

// What is not scheduled any more would stand at the head of the list for ever.
const FORGET = `
  delete from send_queue q using message m
  where q.tenant_id = any($1::uuid[]) and q.waiting = 'SCHEDULED' and q.run_at <= cube_now() and m.tenant_id = q.tenant_id and m.id = q.message_id
    and m.attempt = q.attempt and m.status <> 'SCHEDULED'`;

type PromoterParts = Pick<Services, 'database' | 'keys' | 'appendEvents' | 'log'>;

interface Taken {
  tenant_id: string;
  id: string;
  conversation_id: string;
  attempt: number;
  kind: string;
  /** Of a template, as it is now: WhatsApp may have put it into another one since. */
  category: string | null;
  /** Null for what is made of none. */
  template_status: string | null;
  waiting: 'MEDIA' | null;
  number_id: string;
  contact_id: string;
  has_stopped_marketing: boolean;
  is_open: boolean;
}

/**
 * Moves what is due from its schedule into the queue, each message once, with what it costs by now. One whose window closed in the meantime, whose customer
 * wants no marketing any more, whose template Meta has stopped, or that the messaging limit has no room for, fails instead. Gives the events. Throws when the
 * database is away.
 */
export async function promoteScheduled(parts: PromoterParts): Promise<readonly EventRecord[]> {
  const { rows } = await parts.database.worker.query<{ tenant_id: string }>(DUE);
  const tenantIds = [...new Set(rows.map((row) => row.tenant_id))].sort();
  if (!tenantIds.length) return [];
  try {
    return await promoteOf(parts, tenantIds);
  } catch (error) {
    const fault = faultOf(error);
    if (fault === 'again' || fault === 'away') throw error;
    return promoteApart(parts, tenantIds);
  }
}

/** Rows of one tenant that somebody holds, or that cannot be written, hold up that tenant alone. */
async function promoteApart(parts: PromoterParts, tenantIds: readonly string[]): Promise<readonly EventRecord[]> {
  const events: EventRecord[] = [];
  for (const tenantId of tenantIds) {
    try {
      events.push(...(await promoteOf(parts, [tenantId])));
    } catch (error) {
      if (faultOf(error) === 'away') throw error;
      parts.log.error({ err: error, tenantId }, 'The scheduled messages of a tenant cannot go out; it is tried again.');
    }
  }
  return events;
}

async function promoteOf(parts: PromoterParts, tenantIds: readonly string[]): Promise<readonly EventRecord[]> {
  const promote = async (query: Query) => {
    const window: Window = { query, keys: parts.keys, events: [] };
    await query(FORGET, [tenantIds], 'anew');
    const taken = await query<Taken>(TAKE, [tenantIds], 'anew');
    const refusals = refusalsOf(taken);
    for (const one of await reserveOutreaches(query, taken.filter((each) => !each.is_open && !refusals.has(each)).map(pairOf)))
      refusals.set(one.taken, LIMIT_REACHED);
    await fail(window, refusals);
    await goOn(
      window,
      taken.filter((one) => !refusals.has(one)),
    );
    if (window.events.length) await parts.appendEvents(query, window.events);
    return window.events;
  };
  return tenantsQuery(parts.database.worker, tenantIds, promote, LOCK_TIMEOUT_MS);
}

/** The codes of those that may not go out. */
function refusalsOf(taken: readonly Taken[]): Map<Taken, number> {
  const refusals = new Map<Taken, number>();
  for (const one of taken) {
    if (one.category === 'MARKETING' && one.has_stopped_marketing) refusals.set(one, OPTED_OUT);
    else if (one.kind !== 'TEMPLATE' && !one.is_open) refusals.set(one, WINDOW_CLOSED);
    else if (one.template_status !== null && one.template_status !== 'APPROVED')
      refusals.set(one, STOPPED[one.template_status] ?? NOT_APPROVED);
  }
  return refusals;
}

function pairOf(taken: Taken) {
  return { tenantId: taken.tenant_id, numberId: taken.number_id, contactId: taken.contact_id, taken };
}

async function fail(window: Window, refusals: ReadonlyMap<Taken, number>): Promise<void> {
  if (!refusals.size) return;
  const [now] = await window.query<{ at: number }>('select (extract(epoch from cube_now()) * 1000)::float8 as at');
  const at = (now as { at: number }).at;
  await recordProgress(
    window,
    [...refusals].map(([one, code]) => ({ message: trackedOf(one), reports: [{ status: 'FAILED' as const, at, code }] })),
  );
  await window.query(
    `delete from send_queue q using unnest($1::uuid[], $2::uuid[]) as u(tenant_id, id) where q.tenant_id = u.tenant_id and q.message_id = u.id`,
    idsOf([...refusals.keys()]),
    'anew',
  );
}

// As `openFreeEntryPoint` does for what goes out at once.
const QUEUED = `
  with gone as (
    select * from unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::uuid[], $5::boolean[], $6::text[], $7::text[], $8::text[], $9::float8[], $10::text[])
      as u(tenant_id, id, attempt, conversation_id, counts, category, price_type, market, micros, currency)
  ), noted as (
    insert into message_status (tenant_id, message_id, attempt, status, at) select tenant_id, id, attempt, 'QUEUED', cube_now() from gone
    on conflict do nothing
  ), unlisted as (
    delete from attention a using gone where a.tenant_id = gone.tenant_id and a.message_id = gone.id
  ), freed as (
    update service_window w set free_until = cube_now() + interval '72 hours'
    from gone join conversation v on v.tenant_id = gone.tenant_id and v.id = gone.conversation_id
    where w.tenant_id = v.tenant_id and w.contact_id = v.contact_id and w.number_id = v.number_id
      and w.referral_at > cube_now() - interval '24 hours' and (w.free_until is null or w.free_until < w.referral_at)
  ), said as (
    update conversation v set last_message_id = greatest(v.last_message_id, s.id), last_activity_at = cube_now()
    from (select distinct on (tenant_id, conversation_id) tenant_id, conversation_id, id from gone where counts order by tenant_id, conversation_id, id desc) s
    where v.tenant_id = s.tenant_id and v.id = s.conversation_id
  )
  update message m set status = 'QUEUED', sent_at = cube_now(), category = gone.category, price_type = gone.price_type, price_market = gone.market,
    cost_micros = gone.micros, cost_currency = gone.currency
  from gone where m.tenant_id = gone.tenant_id and m.id = gone.id`;

async function goOn({ query, keys, events }: Window, going: readonly Taken[]): Promise<void> {
  if (!going.length) return;
  const costs = await estimateCosts(
    { query, keys },
    going.map((one) => ({ ...pairOf(one), templateCategory: one.category })),
  );
  const [tenantIds, ids] = idsOf(going);
  await query(QUEUED, [
    tenantIds,
    ids,
    going.map(({ attempt }) => attempt),
    going.map((one) => one.conversation_id),
    going.map(({ kind }) => kind !== 'REACTION'),
    costs.map(({ category }) => category),
    costs.map(({ priceType }) => priceType),
    costs.map(({ market }) => market),
    costs.map(({ micros }) => micros),
    costs.map(({ currency }) => currency),
  ]);
  const withoutFile = going.filter(({ waiting }) => waiting === 'MEDIA');
  await enqueueJobs(
    query,
    UPLOAD_MEDIA,
    withoutFile.map(({ tenant_id: tenantId, id }) => ({ tenantId, id })),
  );
  for (const { tenant_id: tenantId, id: subjectId, conversation_id: conversationId } of going)
    events.push({ tenantId, kind: 'MESSAGE_STATUS', subjectId, conversationId, status: 'QUEUED' });
}

function idsOf(rows: readonly Taken[]): [string[], string[]] {
  return [rows.map((row) => row.tenant_id), rows.map((row) => row.id)];
}

function trackedOf({ tenant_id: tenantId, id, conversation_id: conversationId, attempt }: Taken): TrackedMessage {
  return { tenantId, id, conversationId, status: 'SCHEDULED', attempt };
}
