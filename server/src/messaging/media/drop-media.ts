import type { OperationServices } from '../../platform/context.ts';
import { enqueueJobs, type Job } from '../../platform/jobs.ts';
import type { Query } from '../../platform/query.ts';
import { tenantsQuery } from '../../platform/tenant-query.ts';
import { storeName } from '../../platform/file-key.ts';

/** The job that deletes a file that nothing refers to; its id is the file's. */
export const DROP_MEDIA = 'drop_media';

/** Whether no message, no card of a carousel that was sent, and no template refers to the file `f`. */
export const NOT_USED = `
  not exists (select from message m where m.tenant_id = f.tenant_id and m.media_id = f.id)
  and not exists (
    select from message m, unnest(m.card_media_ids) as card(media_id)
    where m.tenant_id = f.tenant_id and m.card_media_ids is not null and card.media_id = f.id
  )
  and not exists (select from template t where t.tenant_id = f.tenant_id and (t.header_media_id = f.id or f.id = any (t.card_media_ids)))`;

const LOCK = `
  select 1 from media f join unnest($1::uuid[], $2::uuid[]) as u(tenant_id, id) on f.tenant_id = u.tenant_id and f.id = u.id
  order by f.tenant_id, f.id for update of f`;

// From here on what lies in the store cannot be opened, whenever it is deleted.
const DESTROY_KEYS = `
  update media f set status = 'GONE', file_key = null, file_name = null
  from unnest($1::uuid[], $2::uuid[]) as gone(tenant_id, id) where f.tenant_id = gone.tenant_id and f.id = gone.id and ${NOT_USED}`;

/** Destroys the keys of files that no message and no template refers to any more, and has them deleted. The others stay as they are. */
export async function dropMedia(query: Query, files: readonly { tenantId: string; id: string }[]): Promise<void> {
  if (!files.length) return;
  const ids = [files.map(({ tenantId }) => tenantId), files.map(({ id }) => id)];
  // Two statements: whoever is about to send one of them is waited for, and then seen.
  await query(LOCK, ids);
  await query(DESTROY_KEYS, ids);
  await enqueueJobs(query, DROP_MEDIA, files);
}

/** Of several jobs for one object, the last to come here sees that it is alone. */
const LOCK_SHARERS = `
  select 1 from media f where f.tenant_id = $1 and (f.id = $2 or f.store_key = (select o.store_key from media o where o.tenant_id = $1 and o.id = $2))
  order by f.id for update`;

const LAST = `
  select store_key, not exists (select from media o where o.tenant_id = f.tenant_id and o.store_key = f.store_key and o.id <> f.id) as is_last
  from media f where f.tenant_id = $1 and f.id = $2 and f.status = 'GONE' and f.file_key is null and ${NOT_USED} for update`;

/**
 * The job behind `DROP_MEDIA`. The row goes last: a job that dies before is done again. What several rows share is deleted with the last of them.
 */
export async function deleteMedia({ database, media }: OperationServices, { tenantId, id }: Job): Promise<void> {
  await tenantsQuery(database.worker, [tenantId], async (query) => {
    await query(LOCK_SHARERS, [tenantId, id]);
    const [row] = await query<{ store_key: string | null; is_last: boolean }>(LAST, [tenantId, id]);
    if (!row) return;
    if (row.store_key && row.is_last) {
      await media.delete(storeName(row.store_key, 'thumbnail'));
      await media.delete(storeName(row.store_key, 'file'));
    }
    await query('delete from media where tenant_id = $1 and id = $2', [tenantId, id]);
  });
}
