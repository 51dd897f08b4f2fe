import { uuidBytes } from '../platform/sealed.ts';
import type { Query } from '../platform/query.ts';

/** A row of `webhook_inbox`: its id, the 32 bytes that tell it from others of its day, the sealed body, and whose own app signed it. */
export interface InboxRow {
  id: string;
  digest: Buffer;
  sealed: Buffer;
  appTenants?: readonly string[];
}

/** Id and digest, before each sealed body. */
const HEAD = 16 + 32;

// All rows travel as one parameter, cut on the server: half the time of an array of bytes, which would go as hexadecimal text.
const STORE = `
  insert into webhook_inbox (received_on, id, digest, body, app_tenants)
  select $1::date, encode(substring($2::bytea from at for 16), 'hex')::uuid, substring($2 from at + 16 for 32), substring($2 from at + ${HEAD} for length - ${HEAD}), $4::uuid[]
  from (select length, (sum(length) over (order by n) - length + 1)::int as at from unnest($3::int[]) with ordinality as u(length, n)) as cut
  on conflict (received_on, digest) do nothing
  returning id`;

/** Inserts rows, leaving out those whose digest the day has already. Gives the ids of the inserted ones. */
export async function storeRows(query: Query, receivedOn: string, rows: readonly InboxRow[]): Promise<Set<string>> {
  const added = new Set<string>();
  // Nearly always all of them came through the platform's app.
  for (const some of Map.groupBy(rows, (row) => row.appTenants?.join()).values())
    for (const id of await storeSome(query, receivedOn, some)) added.add(id);
  return added;
}

async function storeSome(query: Query, receivedOn: string, rows: readonly InboxRow[]): Promise<string[]> {
  const parts: Buffer[] = [];
  const lengths: number[] = [];
  for (const { id, digest, sealed } of rows) {
    parts.push(uuidBytes(id), digest, sealed);
    lengths.push(HEAD + sealed.length);
  }
  const added = await query<{ id: string }>(STORE, [receivedOn, Buffer.concat(parts), lengths, rows[0]?.appTenants ?? null]);
  return added.map((row) => row.id);
}
