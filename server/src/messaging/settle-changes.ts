import { tenantBell } from '../platform/bus.ts';
import type { Services } from '../platform/context.ts';
import { tenantsQuery } from '../platform/tenant-query.ts';
import { applyTo } from './apply-changes.ts';
import { joinReplies } from './join-replies.ts';
import type { Window } from './window.ts';

type Parts = Pick<Services, 'database' | 'keys' | 'appendEvents' | 'bus'>;

const AT_ONCE = 500;
const LOCK_TIMEOUT_MS = 1_000;

const WAITING = `
  select c.tenant_id, c.original_index from message_change c
  where c.tenant_id = any($1::uuid[]) and c.applied_at is null and exists (
    select from message m where m.tenant_id = c.tenant_id and m.wamid_index = c.original_index
  ) limit ${AT_ONCE}`;

/**
 * Applies edits and revocations, and joins quotes and reactions, that two processes let pass one another: one wrote down the change when the message was not there yet, the other the message
 * when the change was not. To be called every minute or so. Throws when the database is away.
 */
export async function settleChanges(parts: Parts): Promise<void> {
  const { rows } = await parts.database.worker.query<{ id: string }>('select tenant_ids() as id');
  const tenantIds = rows.map((row) => row.id);
  const events = await tenantsQuery(
    parts.database.worker,
    tenantIds,
    async (query) => {
      const waiting = await query<{ tenant_id: string; original_index: Buffer }>(WAITING, [tenantIds], 'anew');
      if (!waiting.length) return [];
      const window: Window = { query, keys: parts.keys, events: [] };
      await parts.keys.loadTenants(query, [...new Set(waiting.map((row) => row.tenant_id))]);
      const targets = waiting.map((row) => ({ tenantId: row.tenant_id, index: row.original_index }));
      await applyTo(window, targets);
      await joinReplies(window, targets);
      if (window.events.length) await parts.appendEvents(query, window.events);
      return window.events;
    },
    LOCK_TIMEOUT_MS,
  );
  for (const tenantId of new Set(events.map((event) => event.tenantId))) parts.bus.ring(tenantBell(tenantId));
}
