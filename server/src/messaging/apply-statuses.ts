import { claimByOpaque } from './claim-by-opaque.ts';
import { park, ParkingNeeded } from './parking.ts';
import {
  PRICE_COLUMNS,
  type PriceRow,
  type Progress,
  recordProgress,
  type Report,
  type TrackedMessage,
  trackedPrice,
} from './record-progress.ts';
import type { StatusReport } from './updates.ts';
import { wamidIndex, wamidName } from './wamid.ts';
import type { Window } from './window.ts';

/** All that is reported about one message of WhatsApp's. */
export interface StatusGroup {
  tenantId: string;
  numberId: string;
  wamid: string;
  index: Buffer;
  /** The name of the message, in memory. */
  name: string;
  opaque?: string;
  reports: Report[];
}

/** Statuses with the messages they were found to be about, by the groups' names. */
export interface FoundStatuses {
  groups: StatusGroup[];
  known: Map<string, TrackedMessage>;
}

/** Finds and locks the messages that carry these ids of WhatsApp's. Its statement goes out before it first waits. */
export async function findStatuses(window: Window, statuses: readonly StatusReport[]): Promise<FoundStatuses> {
  const groups = groupByMessage(window, statuses);
  return { groups, known: await lockMessages(window, groups) };
}

/**
 * Applies reported statuses, in any order and repetition. A message is found by WhatsApp's id, or else by ours that the send carried along; what
 * belongs to neither is parked. Throws `ParkingNeeded` when the last two are called for and the parking lock of that tenant is not held.
 */
export async function applyStatuses(
  window: Window,
  { groups, known }: FoundStatuses,
  parkingTenants: ReadonlySet<string>,
): Promise<void> {
  const progress: Progress[] = [];
  const unknown: StatusGroup[] = [];
  for (const group of groups) {
    const message = known.get(group.name);
    if (message) progress.push({ message, reports: group.reports });
    else unknown.push(group);
  }
  const unlocked = new Set(unknown.map((group) => group.tenantId).filter((id) => !parkingTenants.has(id)));
  if (unlocked.size) throw new ParkingNeeded(unlocked);
  if (unknown.length) {
    const claimed = await claimByOpaque(window, unknown);
    progress.push(...claimed.values());
    const homeless = unknown.filter((group) => !claimed.has(group));
    const waiting = homeless.flatMap(({ tenantId, index, reports }) =>
      reports.map((report) => ({ tenantId, wamidIndex: index, report })),
    );
    if (waiting.length) await park(window, waiting);
  }
  if (progress.length) await recordProgress(window, progress);
}

function groupByMessage({ keys }: Window, statuses: readonly StatusReport[]): StatusGroup[] {
  const byWamid = new Map<string, StatusGroup>();
  for (const { tenantId, numberId, wamid, opaque, status, at, code, pricing } of statuses) {
    const key = `${tenantId}${wamid}`;
    let group = byWamid.get(key);
    if (!group) {
      const index = wamidIndex(keys, tenantId, wamid);
      byWamid.set(key, (group = { tenantId, numberId, wamid, index, name: wamidName(tenantId, index), reports: [] }));
    }
    group.opaque ??= opaque;
    group.reports.push({ status, at, code, pricing });
  }
  return [...byWamid.values()];
}

/** Locks the messages that carry these ids of WhatsApp's, in one order for all processes, and gives them by name. */
async function lockMessages({ query }: Window, groups: readonly StatusGroup[]): Promise<Map<string, TrackedMessage>> {
  const rows = await query<
    {
      tenant_id: string;
      wamid_index: Buffer;
      id: string;
      conversation_id: string;
      status: string;
      attempt: number;
    } & PriceRow
  >(
    `select m.tenant_id, m.wamid_index, m.id, m.conversation_id, m.status, m.attempt, ${PRICE_COLUMNS}
     from unnest($1::uuid[], $2::bytea[]) as wanted(tenant_id, wamid_index)
     join message m on m.tenant_id = wanted.tenant_id and m.wamid_index = wanted.wamid_index
     order by m.tenant_id, m.id for no key update of m`,
    [groups.map((group) => group.tenantId), groups.map((group) => group.index)],
  );
  return new Map(
    rows.map(({ tenant_id: tenantId, wamid_index, id, conversation_id: conversationId, status, attempt, ...row }) => [
      wamidName(tenantId, wamid_index),
      { tenantId, id, conversationId, status, attempt, price: trackedPrice(row) },
    ]),
  );
}
