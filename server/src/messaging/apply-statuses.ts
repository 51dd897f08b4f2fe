import { claimByOpaque } from './claim-by-opaque.ts';
import { joinReplies } from './join-replies.ts';
import { applyToOthers, findOtherAttempts, type OtherAttempt } from './other-attempts.ts';
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
 * Applies reported statuses, in any order and repetition. A message is found by WhatsApp's id of any of its attempts, or else by ours that the send carried
 * along; what belongs to neither is parked. Throws `ParkingNeeded` when the last two are called for and the parking lock of that tenant is not held.
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
  const named: StatusGroup[] = [];
  const others = unknown.length ? await settleUnknown(window, unknown, { progress, named, parkingTenants }) : [];
  if (progress.length) await recordProgress(window, progress);
  if (others.length) await applyToOthers(window, others);
  await joinReplies(window, named);
}

/** Finds what statuses are about whose id no message shows, or parks them. Adds to `progress`, and to `named` what got its id of WhatsApp's just now; gives those of attempts that are not shown. */
async function settleUnknown(
  window: Window,
  unknown: readonly StatusGroup[],
  { progress, named, parkingTenants }: { progress: Progress[]; named: StatusGroup[]; parkingTenants: ReadonlySet<string> },
): Promise<OtherAttempt[]> {
  const found = await findOtherAttempts(window, unknown);
  const others: OtherAttempt[] = [];
  const strange: StatusGroup[] = [];
  for (const group of unknown) {
    const name = found.get(group.name);
    if (name) others.push({ tenantId: group.tenantId, ...name, reports: group.reports });
    else strange.push(group);
  }
  if (!strange.length) return others;
  const unlocked = new Set(strange.map((group) => group.tenantId).filter((id) => !parkingTenants.has(id)));
  if (unlocked.size) throw new ParkingNeeded(unlocked);
  const claimed = await claimByOpaque(window, strange);
  progress.push(...claimed.shown.values());
  named.push(...claimed.shown.keys(), ...claimed.others.keys());
  const homeless = strange.filter((group) => !claimed.shown.has(group) && !claimed.others.has(group));
  const waiting = homeless.flatMap(({ tenantId, index, reports }) =>
    reports.map((report) => ({ tenantId, wamidIndex: index, report })),
  );
  if (waiting.length) await park(window, waiting);
  return [...others, ...claimed.others.values()];
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
