import type { Services } from '../platform/context.ts';
import { dropIdleLanes } from '../platform/jobs.ts';
import { tenantsQuery } from '../platform/tenant-query.ts';
import { listExpired } from './outgoing/list-expired.ts';
import { sweepUploads } from './media/sweep-uploads.ts';
import { enqueueDailySyncs } from '../templates/sync-templates.ts';
import { rotateInbox } from './rotate-inbox.ts';
import { settleChanges } from './settle-changes.ts';

export interface Swept {
  /** Statuses dropped because nobody knew their message for 7 days. */
  parkedStatuses: number;
  /** Edits, revocations, quotes and reactions whose message never came, for 7 days. */
  messageChanges: number;
  idempotencyKeys: number;
  events: number;
  /** Uploads that were never sent. */
  uploads: number;
}

function nothingSwept(): Swept {
  return { parkedStatuses: 0, messageChanges: 0, idempotencyKeys: 0, events: 0, uploads: 0 };
}

const TENANTS_AT_ONCE = 200;
const EVENTS_AT_ONCE = 5_000;

const PARKED = `delete from parked_status where tenant_id = any($1::uuid[]) and received_at < cube_now() - interval '7 days' returning 1`;
const CHANGES = `delete from message_change where tenant_id = any($1::uuid[]) and received_at < cube_now() - interval '7 days' returning applied_at`;
/** Whoever was written to longer ago counts no more. */
const OUTREACH = `delete from outreach where tenant_id = any($1::uuid[]) and last_at < cube_now() - interval '25 hours'`;
/** Their bodies have long been gone. */
const QUARANTINE = `delete from quarantine where tenant_id = any($1::uuid[]) and received_at < cube_now() - interval '30 days'`;
const IDEMPOTENCY = `delete from idempotency where tenant_id = any($1::uuid[]) and created_at < cube_now() - interval '24 hours' returning 1`;
// The low-water mark moves with the deletion: whoever asks for older events is told to start anew. The newest event always stays. Planned each time: the
// plan for a log that was short once reads a long one again for every row.
const EVENTS = `
  with old as (
    select c.tenant_id, e.seq from event_counter c
    cross join lateral (
      select seq, at from event e where e.tenant_id = c.tenant_id and e.seq >= c.oldest and e.seq < c.seq order by e.seq limit $2
    ) e
    where c.tenant_id = $1 and e.at < cube_now() - interval '7 days'
  ), gone as (
    delete from event e using old where e.tenant_id = old.tenant_id and e.seq = old.seq returning e.tenant_id, e.seq
  )
  update event_counter c set oldest = g.newest + 1 from (select tenant_id, max(seq) as newest, count(*) as amount from gone group by tenant_id) g
  where c.tenant_id = g.tenant_id returning g.amount::int`;

type Parts = Pick<Services, 'database' | 'keys' | 'appendEvents' | 'bus' | 'log' | 'media'>;

/**
 * Deletes what is kept for a time only, of all tenants, a few at a time; makes and drops partitions of the inbox; applies edits whose process died before it
 * could; lists what expired. Throws when the database is away.
 */
export async function keepHouse(parts: Parts): Promise<Swept> {
  const { database, log, media } = parts;
  if (!(await rotateInbox(database.worker)))
    log.warn('Webhooks of more than a week ago are kept for another hour: somebody reads the inbox, a backup as a rule.');
  await dropIdleLanes(database.jobs).catch((error: unknown) =>
    log.warn({ err: error }, 'Idle lanes of jobs stay for another hour.'),
  );
  const swept = nothingSwept();
  const { rows } = await database.worker.query<{ id: string }>('select tenant_ids() as id');
  const tenantIds = rows.map((row) => row.id);
  await settleChanges(parts, tenantIds);
  for (let index = 0; index < tenantIds.length; index += TENANTS_AT_ONCE) {
    const some = tenantIds.slice(index, index + TENANTS_AT_ONCE);
    await tenantsQuery(database.worker, some, async (query) => {
      swept.parkedStatuses += (await query(PARKED, [some])).length;
      const changes = await query<{ applied_at: unknown }>(CHANGES, [some]);
      swept.messageChanges += changes.filter((change) => change.applied_at === null).length;
      await query(OUTREACH, [some]);
      await query(QUARANTINE, [some]);
      await listExpired(query, some);
      swept.idempotencyKeys += (await query(IDEMPOTENCY, [some])).length;
      swept.uploads += await sweepUploads(query, some);
      await enqueueDailySyncs(query, some);
    });
    for (const tenantId of some) swept.events += await sweepEvents(database, tenantId);
  }
  if (swept.parkedStatuses)
    log.warn({ count: swept.parkedStatuses }, 'Statuses of messages that nobody here sent were dropped after 7 days.');
  await media.sweep();
  return swept;
}

/** Keeps house as often as it is told to, and counts what went over the life of the process. */
export function countedHouse(services: Parts): {
  swept: Swept;
  keep: () => Promise<void>;
} {
  const swept = nothingSwept();
  const keep = async () => {
    const more = await keepHouse(services);
    for (const kind of Object.keys(more) as (keyof Swept)[]) swept[kind] += more[kind];
  };
  return { swept, keep };
}

/** In short transactions: the counter's row is what every command of the tenant needs. */
async function sweepEvents(database: Services['database'], tenantId: string): Promise<number> {
  let swept = 0;
  for (;;) {
    const [row] = await tenantsQuery(database.worker, [tenantId], (query) =>
      query<{ amount: number }>(EVENTS, [tenantId, EVENTS_AT_ONCE], 'anew'),
    );
    if (!row) return swept;
    swept += row.amount;
    if (row.amount < EVENTS_AT_ONCE) return swept;
  }
}
