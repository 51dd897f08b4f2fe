import { tenantBell } from '../platform/bus.ts';
import type { Services } from '../platform/context.ts';
import { tenantsQuery } from '../platform/tenant-query.ts';
import { applyTo, CHANGES_IT } from './apply-changes.ts';
import { joinReplies } from './join-replies.ts';
import type { Window } from './window.ts';

type Parts = Pick<Services, 'database' | 'keys' | 'appendEvents' | 'bus' | 'log'>;

const TENANTS_AT_ONCE = 200;
const AT_ONCE = 500;
const LOCK_TIMEOUT_MS = 1_000;

// Those alone whose message is here: however many wait for one that never comes, they stand in nobody's way.
const WAITING = `select c.original_index from message_change c join message m on ${CHANGES_IT}
  where c.tenant_id = $1 and c.applied_at is null order by c.received_at, c.id limit ${AT_ONCE}`;
const WITH_CHANGES = `select distinct tenant_id as id from message_change where tenant_id = any($1::uuid[]) and applied_at is null`;

/**
 * Applies edits and revocations of these tenants, and joins quotes and reactions, that two processes let pass one another: one wrote down the change when the
 * message was not there yet, the other the message when the change was not. A tenant whose rows are held is left for the next time. Throws when the database is away.
 */
export async function settleChanges(parts: Parts, tenantIds: readonly string[]): Promise<void> {
  for (let index = 0; index < tenantIds.length; index += TENANTS_AT_ONCE) {
    const some = tenantIds.slice(index, index + TENANTS_AT_ONCE);
    const waiting = await tenantsQuery(parts.database.worker, some, (query) =>
      query<{ id: string }>(WITH_CHANGES, [some], 'anew'),
    );
    for (const { id } of waiting) {
      try {
        while ((await settleSome(parts, id)) === AT_ONCE);
      } catch (error) {
        parts.log.warn(
          { err: error, tenantId: id },
          'Edits, revocations and replies that wait could not be settled; they are tried again.',
        );
      }
    }
  }
}

/** Gives how many there were. */
async function settleSome({ database, keys, appendEvents, bus }: Parts, tenantId: string): Promise<number> {
  const { count, isTold } = await tenantsQuery(
    database.worker,
    [tenantId],
    async (query) => {
      const waiting = await query<{ original_index: Buffer }>(WAITING, [tenantId], 'anew');
      const window: Window = { query, keys, events: [] };
      const targets = waiting.map((row) => ({ tenantId, index: row.original_index }));
      if (targets.length) {
        await keys.loadTenants(query, [tenantId]);
        await applyTo(window, targets);
        await joinReplies(window, targets);
      }
      if (window.events.length) await appendEvents(query, window.events);
      return { count: waiting.length, isTold: window.events.length > 0 };
    },
    LOCK_TIMEOUT_MS,
  );
  if (isTold) bus.ring(tenantBell(tenantId));
  return count;
}
