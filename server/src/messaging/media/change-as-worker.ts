import { tenantBell } from '../../platform/bus.ts';
import type { Services } from '../../platform/context.ts';
import type { EventRecord } from '../../platform/event-record.ts';
import { tenantsQuery } from '../../platform/tenant-query.ts';
import type { Window } from '../../platform/window.ts';

/** A job's change to one tenant, in one transaction with its events; what was told is rung after the commit. */
export async function changeAsWorker<T>(
  { database, keys, appendEvents, bus }: Pick<Services, 'database' | 'keys' | 'appendEvents' | 'bus'>,
  tenantId: string,
  run: (window: Window) => Promise<T>,
): Promise<T> {
  const events: EventRecord[] = [];
  const result = await tenantsQuery(database.worker, [tenantId], async (query) => {
    const done = await run({ query, keys, events });
    if (events.length) await appendEvents(query, events);
    return done;
  });
  if (events.length) bus.ring(tenantBell(tenantId));
  return result;
}
