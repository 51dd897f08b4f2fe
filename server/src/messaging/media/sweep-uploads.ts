import type { Query } from '../../platform/query.ts';
import { dropMedia, NOT_USED } from './drop-media.ts';

const AT_ONCE = 1_000;

const UNSENT = `
  select f.tenant_id as "tenantId", f.id from media f
  where f.tenant_id = any($1::uuid[]) and f.contact_id is null and f.origin = 'UPLOADED' and f.created_at < cube_now() - interval '24 hours'
    and ${NOT_USED}
  limit $2`;

/** Drops files that were uploaded a day ago and never sent. Gives how many. */
export async function sweepUploads(query: Query, tenantIds: readonly string[]): Promise<number> {
  const files = await query<{ tenantId: string; id: string }>(UNSENT, [tenantIds, AT_ONCE]);
  await dropMedia(query, files);
  return files.length;
}
