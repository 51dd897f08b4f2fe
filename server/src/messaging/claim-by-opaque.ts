import { isId } from '../platform/ids.ts';
import { place, seal } from '../platform/sealed.ts';
import type { StatusGroup } from './apply-statuses.ts';
import { takeParked } from './parking.ts';
import { PRICE_COLUMNS, type PriceRow, type Progress, trackedPrice } from './record-progress.ts';
import type { Window } from './window.ts';

interface Row extends PriceRow {
  tenant_id: string;
  id: string;
  conversation_id: string;
  status: string;
  attempt: number;
  key_id: string;
}

// The message must have been written on the number that reports it, and WhatsApp's id of it must still be unknown. What was reported before
// a later attempt was queued (a clock may be 2 s off) is about an earlier one.
const CLAIM = `
  select m.tenant_id, m.id, m.conversation_id, m.status, m.attempt, ${PRICE_COLUMNS},
    (select p.key_id from contact p where p.tenant_id = m.tenant_id and p.id = c.contact_id) as key_id
  from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::float8[]) as wanted(tenant_id, id, number_id, at)
  join message m on m.tenant_id = wanted.tenant_id and m.id = wanted.id and m.direction = 'OUTBOUND' and m.wamid_index is null
  cross join lateral (
    select contact_id from conversation where tenant_id = m.tenant_id and id = m.conversation_id and number_id = wanted.number_id limit 1
  ) c
  where m.attempt = 1 or not exists (
    select from message_status s where s.tenant_id = m.tenant_id and s.message_id = m.id and s.attempt = m.attempt and s.status = 'QUEUED'
      and s.at > to_timestamp(wanted.at / 1000) + interval '2 seconds'
  )
  order by m.tenant_id, m.id for no key update of m`;

/**
 * Finds our messages by the id that came back with their statuses: WhatsApp may report before its answer to our request is stored, and after
 * a request whose answer never came this is how it gets known that it arrived. Needs the tenants' parking locks.
 */
export async function claimByOpaque(window: Window, groups: readonly StatusGroup[]): Promise<Map<StatusGroup, Progress>> {
  const wanted = new Map<string, StatusGroup>();
  for (const group of groups) {
    if (isId(group.opaque) && !wanted.has(group.tenantId + group.opaque)) wanted.set(group.tenantId + group.opaque, group);
  }
  const claimed = new Map<StatusGroup, Progress>();
  if (!wanted.size) return claimed;
  const asked = [...wanted.values()];
  const rows = await window.query<Row>(CLAIM, [
    asked.map((group) => group.tenantId),
    asked.map((group) => group.opaque),
    asked.map((group) => group.numberId),
    asked.map((group) => Math.max(...group.reports.map((report) => report.at))),
  ]);
  for (const [tenantId, mine] of Map.groupBy(rows, (row) => row.tenant_id)) {
    await window.keys.loadContactKeys(
      window.query,
      tenantId,
      mine.map((row) => row.key_id),
    );
  }
  for (const { tenant_id: tenantId, id, conversation_id: conversationId, status, attempt, key_id, ...row } of rows) {
    const group = wanted.get(tenantId + id);
    const key = window.keys.contactKey(tenantId, key_id);
    if (!group || !key) continue;
    const wamid = { sealed: seal(key, place(tenantId, 'message', 'wamid', id), group.wamid), index: group.index };
    claimed.set(group, {
      message: { tenantId, id, conversationId, status, attempt, price: trackedPrice(row) },
      reports: group.reports,
      wamid,
    });
  }
  await addParked(window, claimed);
  return claimed;
}

async function addParked(window: Window, claimed: ReadonlyMap<StatusGroup, Progress>): Promise<void> {
  if (!claimed.size) return;
  const parked = await takeParked(window, [...claimed.keys()]);
  for (const [group, progress] of claimed) {
    const reports = [...(parked.get(group.name) ?? []), ...group.reports];
    // To learn WhatsApp's id of a message is to learn that it was accepted.
    progress.reports = [{ status: 'ACCEPTED', at: Math.min(...reports.map((report) => report.at)) }, ...reports];
  }
}
