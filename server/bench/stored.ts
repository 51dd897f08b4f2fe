import { tenantsQuery } from '../src/platform/tenant-query.ts';
import type { BenchTenant, World } from './world.ts';

export interface Stored {
  messages: number;
  created: number;
  statuses: number;
  events: number;
  /** The sum of the tenants' counters. */
  counter: number;
  unread: number;
  /** Bodies in the inbox that are not done, or of which something could not be understood. */
  pending: number;
  puzzling: number;
}

/** Counts what these tenants have. */
export async function countStored({ services }: World, tenants: readonly BenchTenant[]): Promise<Stored> {
  const ids = tenants.map((tenant) => tenant.id);
  const [row] = await tenantsQuery(services.database.worker, ids, (query) =>
    query<Stored>(
      `select (select count(*) from message)::int as messages,
         (select count(*) from event where kind = 'MESSAGE_CREATED')::int as created,
         (select count(*) from message_status)::int as statuses,
         (select count(*) from event)::int as events,
         (select coalesce(sum(seq), 0) from event_counter)::int as counter,
         (select coalesce(sum(unread_count), 0) from conversation)::int as unread,
         (select count(*) from webhook_inbox where done_at is null)::int as pending,
         (select count(*) from webhook_inbox where quarantined is not null)::int as puzzling`,
      [],
      'anew',
    ),
  );
  return row as Stored;
}

/** Throws unless everything that was posted is there once: each message with its event, numbered without a gap, and unread. */
export async function checkReceived(world: World, tenants: readonly BenchTenant[], posted: number): Promise<void> {
  const { statuses: _none, pending, puzzling, ...counts } = await countStored(world, tenants);
  const wrong = Object.entries(counts).find(([, count]) => count !== posted);
  if (wrong) throw new Error(`Of ${posted} messages there are ${wrong[1]} ${wrong[0]}.`);
  if (pending || puzzling) throw new Error(`${pending} bodies are not done, ${puzzling} were not understood.`);
}
