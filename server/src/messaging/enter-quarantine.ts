import { newId } from '../platform/ids.ts';
import type { Query } from '../platform/query.ts';
import type { InboxWork } from './inbox-work.ts';
import { arrivalOf } from './received-body.ts';

/**
 * Puts bodies of which something could not be read, or written, on the lists of the tenants they are about. One that was replayed and still is not
 * understood comes back to the list; one that was dismissed does not.
 */
export async function enterQuarantine(
  query: Query,
  works: readonly Pick<InboxWork, 'body' | 'fault' | 'tenants' | 'isShared'>[],
): Promise<void> {
  const rows = works.flatMap((work) => (work.fault === null ? [] : [...work.tenants].map((tenantId) => ({ ...work, tenantId }))));
  if (!rows.length) return;
  await query(
    `insert into quarantine (tenant_id, id, received_on, webhook_id, reason, is_shared, received_at)
     select tenant_id, id, received_on, webhook_id, reason, is_shared, to_timestamp(at / 1000)
     from unnest($1::uuid[], $2::uuid[], $3::date[], $4::uuid[], $5::text[], $6::boolean[], $7::float8[])
       as u(tenant_id, id, received_on, webhook_id, reason, is_shared, at)
     on conflict (tenant_id, webhook_id) do update set resolved_at = null, resolution = null, reason = excluded.reason
       where quarantine.resolution = 'REPLAYED'`,
    [
      rows.map((row) => row.tenantId),
      rows.map(() => newId()),
      rows.map((row) => row.body.receivedOn),
      rows.map((row) => row.body.id),
      rows.map((row) => row.fault),
      rows.map((row) => row.isShared),
      rows.map((row) => arrivalOf(row.body)),
    ],
  );
}
