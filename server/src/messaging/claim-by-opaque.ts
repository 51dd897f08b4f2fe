import { place, seal } from '../platform/sealed.ts';
import type { StatusGroup } from './apply-statuses.ts';
import { type AttemptName, readOpaque } from './opaque.ts';
import { keepWamids, type OtherAttempt } from './other-attempts.ts';
import { takeParked } from './parking.ts';
import { PRICE_COLUMNS, type PriceRow, type Progress, type Report, trackedPrice } from './record-progress.ts';
import type { Window } from './window.ts';

interface Row extends PriceRow {
  n: string;
  tenant_id: string;
  id: string;
  conversation_id: string;
  status: string;
  attempt: number;
  key_id: string;
}

// The message must have been written on the number that reports it, and WhatsApp's id of that attempt must still be unknown. An attempt that is not
// the one shown must have been made.
const CLAIM = `
  select wanted.n, m.tenant_id, m.id, m.conversation_id, m.status, m.attempt, ${PRICE_COLUMNS},
    (select p.key_id from contact p where p.tenant_id = m.tenant_id and p.id = c.contact_id) as key_id
  from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::smallint[]) with ordinality as wanted(tenant_id, id, number_id, attempt, n)
  join message m on m.tenant_id = wanted.tenant_id and m.id = wanted.id and m.direction = 'OUTBOUND'
  cross join lateral (
    select contact_id from conversation where tenant_id = m.tenant_id and id = m.conversation_id and number_id = wanted.number_id limit 1
  ) c
  where case when m.attempt = wanted.attempt then m.wamid_index is null else exists (
    select from message_status s where s.tenant_id = m.tenant_id and s.message_id = m.id and s.attempt = wanted.attempt
  ) end
  order by m.tenant_id, m.id for no key update of m`;

/** What statuses were found to be about by the id they brought back: the attempt that is shown, or another one. */
export interface Claimed {
  shown: Map<StatusGroup, Progress>;
  others: Map<StatusGroup, OtherAttempt>;
}

/**
 * Finds our messages by the id that came back with their statuses: WhatsApp may report before its answer to our request is stored, and after
 * a request whose answer never came this is how it gets known that it arrived. Needs the tenants' parking locks.
 */
export async function claimByOpaque(window: Window, groups: readonly StatusGroup[]): Promise<Claimed> {
  const claimed: Claimed = { shown: new Map(), others: new Map() };
  const wanted = new Map<string, { group: StatusGroup; name: AttemptName }>();
  for (const group of groups) {
    const name = readOpaque(group.opaque);
    const key = `${group.tenantId}${group.opaque}`;
    if (name && !wanted.has(key)) wanted.set(key, { group, name });
  }
  if (!wanted.size) return claimed;
  const asked = [...wanted.values()];
  const rows = await window.query<Row>(CLAIM, [
    asked.map(({ group }) => group.tenantId),
    asked.map(({ name }) => name.messageId),
    asked.map(({ group }) => group.numberId),
    asked.map(({ name }) => name.attempt),
  ]);
  await loadKeys(window, rows);
  const parked = rows.length
    ? await takeParked(
        window,
        rows.map((row) => (asked[Number(row.n) - 1] as (typeof asked)[number]).group),
      )
    : new Map<string, Report[]>();
  const kept: (OtherAttempt & { wamid: Wamid })[] = [];
  for (const row of rows) {
    const { group, name } = asked[Number(row.n) - 1] as (typeof asked)[number];
    const wamid = wamidOf(window, group, row);
    if (!wamid) continue;
    const reports = withAcceptance([...(parked.get(group.name) ?? []), ...group.reports]);
    if (row.attempt === name.attempt) claimed.shown.set(group, { message: trackedOf(row), reports, wamid });
    else {
      const other = { tenantId: group.tenantId, ...name, reports };
      claimed.others.set(group, other);
      kept.push({ ...other, wamid });
    }
  }
  if (kept.length) await keepWamids(window, kept);
  return claimed;
}

type Wamid = NonNullable<Progress['wamid']>;

/** Undefined while the contact is being erased. */
function wamidOf({ keys }: Window, group: StatusGroup, { tenant_id: tenantId, id, key_id }: Row): Wamid | undefined {
  const key = keys.contactKey(tenantId, key_id);
  return key && { sealed: seal(key, place(tenantId, 'message', 'wamid', id), group.wamid), index: group.index };
}

/** To learn WhatsApp's id of a message is to learn that it was accepted. */
function withAcceptance(reports: Report[]): Report[] {
  return [{ status: 'ACCEPTED', at: Math.min(...reports.map((report) => report.at)) }, ...reports];
}

function trackedOf(row: Row): Progress['message'] {
  const { tenant_id: tenantId, id, conversation_id: conversationId, status, attempt } = row;
  return { tenantId, id, conversationId, status, attempt, price: trackedPrice(row) };
}

async function loadKeys({ query, keys }: Window, rows: readonly Row[]): Promise<void> {
  for (const [tenantId, mine] of Map.groupBy(rows, (row) => row.tenant_id))
    await keys.loadContactKeys(
      query,
      tenantId,
      mine.map((row) => row.key_id),
    );
}
