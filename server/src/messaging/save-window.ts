import type { Services } from '../platform/context.ts';
import type { EventRecord } from '../platform/event-record.ts';
import { tenantsQuery } from '../platform/tenant-query.ts';
import { applyStatuses } from './apply-statuses.ts';
import type { InboxWork } from './inbox-work.ts';
import { markDone } from './mark-bodies.ts';
import { lockParking } from './parking.ts';
import { receiveMessages } from './receive-messages.ts';
import { gatherUpdates, type Line, type Updates } from './updates.ts';

export interface WindowToSave {
  works: readonly InboxWork[];
  owners: ReadonlyMap<string, Line>;
  /** Tenants whose statuses may have to be parked. */
  parkingTenants: ReadonlySet<string>;
  /** How long to wait for a row that someone else holds, in ms. */
  lockTimeoutMs: number;
}

export interface SavedWindow extends Updates {
  /** Bodies of which something could not be understood. */
  quarantined: number;
  events: readonly EventRecord[];
}

type Parts = Pick<Services, 'database' | 'keys' | 'appendEvents'>;

/**
 * Writes what a number of bodies say, for all their tenants in one transaction, together with the mark that they are done and the events.
 * Bodies that another process has done are left out. Throws `Outrun` and `ParkingNeeded`, which ask to be run again.
 */
export async function saveWindow(
  parts: Parts,
  { works, owners, parkingTenants, lockTimeoutMs }: WindowToSave,
): Promise<SavedWindow> {
  const tenantIds = [...new Set(works.flatMap((work) => [...work.tenants]))].sort();
  return tenantsQuery(parts.database.worker, tenantIds, async (query) => {
    await query(`select set_config('lock_timeout', $1, true)`, [`${lockTimeoutMs}ms`]);
    const parking = new Set(tenantIds.filter((id) => parkingTenants.has(id)));
    await lockParking(query, parking, 'alone');
    const mine = await markDone(query, works);
    const updates = gatherUpdates(
      mine.flatMap((work) => work.changes),
      owners,
    );
    const window = { query, keys: parts.keys, events: [] as EventRecord[] };
    await parts.keys.loadTenants(query, tenantIds);
    if (updates.messages.length) await receiveMessages(window, updates.messages);
    if (updates.statuses.length) await applyStatuses(window, updates.statuses, parking);
    if (window.events.length) await parts.appendEvents(query, window.events);
    return { ...updates, quarantined: mine.filter((work) => work.fault !== null).length, events: window.events };
  });
}
