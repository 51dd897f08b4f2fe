import { enqueueJobs } from '../../platform/jobs.ts';
import type { Outcome } from '../record-outcomes.ts';
import type { Window } from '../window.ts';
import { UPLOAD_MEDIA } from './queue-attempt.ts';

/** Puts sends aside whose file Meta does not have (any more), and has it brought there. */
export async function waitForFiles({ query }: Window, outcomes: readonly Outcome[]): Promise<void> {
  const sends = outcomes.flatMap(({ send, end }) => (end.kind === 'without-file' ? [send] : []));
  if (!sends.length) return;
  const put = await query<{ tenant_id: string; message_id: string }>(
    `update send_queue q set waiting = 'MEDIA', lease_until = null, attempted_at = null
     from unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) as mine(tenant_id, message_id, lease)
     where q.tenant_id = mine.tenant_id and q.message_id = mine.message_id and q.lease_until = mine.lease
     returning q.tenant_id, q.message_id`,
    [sends.map((send) => send.tenantId), sends.map((send) => send.messageId), sends.map((send) => send.lease)],
    'anew',
  );
  await enqueueJobs(
    query,
    UPLOAD_MEDIA,
    put.map((row) => ({ tenantId: row.tenant_id, id: row.message_id })),
  );
}
