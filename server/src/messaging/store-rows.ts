import type { Query } from '../platform/query.ts';

/** A row of `webhook_inbox`: its id, the 32 bytes that tell it from others of its day, the sealed body, and whose own app signed it. */
export interface InboxRow {
  id: string;
  digest: Buffer;
  sealed: Buffer;
  appTenants?: readonly string[];
}

// The ids of what was added are asked for only where some was not: thousands of them would be read for nothing.
const STORE = `
  with added as (
    insert into webhook_inbox (received_on, id, digest, body, app_tenants)
    select $1::date, id, digest, body, $5::uuid[] from unnest($2::uuid[], $3::bytea[], $4::bytea[]) as u(id, digest, body)
    on conflict (received_on, digest) do nothing
    returning id
  )
  select case when count(*) < cardinality($2::uuid[]) then coalesce(array_agg(id), '{}') end as ids from added`;

/** Inserts rows, leaving out those whose digest the day has already. Gives the ids of the inserted ones. */
export async function storeRows(query: Query, receivedOn: string, rows: readonly InboxRow[]): Promise<Set<string>> {
  const added = new Set<string>();
  // Nearly always all of them came through the platform's app.
  for (const some of Map.groupBy(rows, (row) => row.appTenants?.join()).values())
    for (const id of await storeSome(query, receivedOn, some)) added.add(id);
  return added;
}

async function storeSome(query: Query, receivedOn: string, rows: readonly InboxRow[]): Promise<string[]> {
  const ids = rows.map((row) => row.id);
  const digests = rows.map((row) => row.digest);
  const bodies = rows.map((row) => row.sealed);
  const [added] = await query<{ ids: string[] | null }>(STORE, [receivedOn, ids, digests, bodies, rows[0]?.appTenants ?? null]);
  return added?.ids ?? ids;
}
