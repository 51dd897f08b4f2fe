import type { Services } from '../platform/context.ts';
import type { EventRecord } from '../platform/event-record.ts';
import type { Query } from '../platform/query.ts';
import { tenantsQuery } from '../platform/tenant-query.ts';
import { applyChanges } from './apply-changes.ts';
import { applyNews } from './apply-news.ts';
import { applyStatuses, findStatuses } from './apply-statuses.ts';
import { enterQuarantine } from './enter-quarantine.ts';
import { insistOnLines } from './find-lines.ts';
import type { InboxWork } from './inbox-work.ts';
import { markDone } from './mark-bodies.ts';
import { lockParking } from './parking.ts';
import { findMessages, receiveMessages } from './receive-messages.ts';
import { gatherUpdates, type Line, type Updates } from './updates.ts';
import { DoneByOthers, type Window } from './window.ts';

export interface WindowToSave {
  works: readonly InboxWork[];
  owners: ReadonlyMap<string, Line>;
  /** Tenants whose statuses may have to be parked. */
  parkingTenants: ReadonlySet<string>;
  /** How long to wait for a row that someone else holds, in ms. */
  lockTimeoutMs: number;
}

export interface SavedWindow extends Updates {
  works: readonly InboxWork[];
  /** Bodies of which something could not be understood. */
  quarantined: number;
  events: readonly EventRecord[];
}

type Parts = Pick<Services, 'database' | 'keys' | 'appendEvents'>;

/**
 * Writes what a number of bodies say, for all their tenants in one transaction, together with the mark that they are done and the events. Throws
 * `Outrun` and `ParkingNeeded`, which ask to be run again, and `DoneByOthers` with the works that are left to do.
 */
export async function saveWindow(
  parts: Parts,
  { works, owners, parkingTenants, lockTimeoutMs }: WindowToSave,
): Promise<SavedWindow> {
  const tenantIds = [...new Set(works.flatMap((work) => [...work.tenants]))].sort();
  const parking = new Set(tenantIds.filter((id) => parkingTenants.has(id)));
  const lines = [...owners.values()].filter((line) => tenantIds.includes(line.tenantId));
  const changes = works.flatMap((work) => work.changes);
  const save = async (query: Query): Promise<SavedWindow> => {
    const window: Window = { query, keys: parts.keys, events: [] };
    await parts.keys.loadTenants(query, tenantIds);
    const updates = gatherUpdates(changes, owners);
    // One trip for all of these: each sends its statements before it waits, and PostgreSQL runs them in this order.
    const [, mine, , messages, statuses] = await Promise.all([
      lockParking(query, parking, 'alone'),
      markDone(query, works),
      insistOnLines(query, lines),
      updates.messages.length && findMessages(window, updates.messages),
      updates.statuses.length && findStatuses(window, updates.statuses),
    ]);
    if (mine.length < works.length) throw new DoneByOthers(mine);
    if (messages) await receiveMessages(window, messages);
    if (updates.changes.length) await applyChanges(window, updates.changes);
    if (statuses) await applyStatuses(window, statuses, parking);
    await applyNews(window, works);
    await enterQuarantine(query, works);
    if (window.events.length) await parts.appendEvents(query, window.events);
    const quarantined = works.filter((work) => work.fault !== null).length;
    return { ...updates, works, quarantined, events: window.events };
  };
  return tenantsQuery(parts.database.worker, tenantIds, save, lockTimeoutMs);
}
