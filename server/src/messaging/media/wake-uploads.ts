import type { Services } from '../../platform/context.ts';
import { enqueueJobs } from '../../platform/jobs.ts';
import { tenantsQuery } from '../../platform/tenant-query.ts';
import { UPLOAD_MEDIA } from '../outgoing/queue-attempt.ts';

const AT_ONCE = 500;

// Whoever waits for the file behind a message waits with it: no pause between two tries is longer than half a minute.
const HURRY = `
  update graphile_worker._private_jobs j set run_at = now() + interval '30 seconds' from graphile_worker._private_tasks t
  where t.id = j.task_id and t.identifier = '${UPLOAD_MEDIA}' and j.locked_at is null and j.run_at > now() + interval '30 seconds'
    and j.attempts < j.max_attempts`;

// Messages that wait for their file with no job that would bring it: the process died in the middle, or its tries are used up. None that waits is leased: said so
// that the few are found by their own index, not among all that wait to be sent.
export const FORGOTTEN = `
  select q.tenant_id as "tenantId", q.message_id as id from send_queue q
  where q.waiting = 'MEDIA' and q.lease_until is null and q.run_at < cube_now() - interval '15 seconds' and not exists (
    select from graphile_worker._private_jobs j where j.key = '${UPLOAD_MEDIA} ' || q.tenant_id || ' ' || q.message_id and j.attempts < j.max_attempts
      and (j.locked_at is null or j.locked_at > now() - interval '4 minutes')
  ) and not exists (
    select from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where t.identifier = '${UPLOAD_MEDIA}' and j.payload ->> 'id' = q.message_id::text and j.locked_at > now() - interval '4 minutes'
  ) limit ${AT_ONCE}`;

/** Sees to it that no message waits for its file for ever, nor long after WhatsApp is back. To be called every few seconds. Throws when the database is away. */
export async function wakeUploads({ database }: Pick<Services, 'database'>): Promise<void> {
  await database.worker.query(HURRY);
  const { rows } = await database.worker.query<{ tenantId: string; id: string }>(FORGOTTEN);
  if (!rows.length) return;
  const tenantIds = [...new Set(rows.map((row) => row.tenantId))];
  await tenantsQuery(database.worker, tenantIds, (query) => enqueueJobs(query, UPLOAD_MEDIA, rows));
}
