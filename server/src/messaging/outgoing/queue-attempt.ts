import { WORK_BELL } from '../../platform/bus.ts';
import type { Transaction } from '../../platform/context.ts';
import { enqueueJob } from '../../platform/jobs.ts';
import type { MessageStatus } from '../message-enums.ts';
import { type AttentionKind, noteAttention } from './attention.ts';

/** The job that brings the file of a queued message to Meta, then lets the message go. Its id is the message's. */
export const UPLOAD_MEDIA = 'upload_media';

export interface Attempt {
  messageId: string;
  attempt: number;
  status: MessageStatus.QUEUED | MessageStatus.SCHEDULED | MessageStatus.HELD;
  pair: { numberId: string; contactId: string };
  mediaId?: string | null;
  /** Of SCHEDULED its time; else when it was written, unless that is now. */
  runAt?: Date | null;
}

/** Puts an attempt into the outgoing queue and its first status on the timeline. */
export async function queueAttempt(tx: Transaction, next: Attempt): Promise<void> {
  const { messageId, attempt, status, pair, mediaId, runAt } = next;
  const waiting = status === 'QUEUED' ? await awaitMedia(tx, { messageId, mediaId, numberId: pair.numberId }) : status;
  await noteStatus(tx, messageId, attempt, status);
  await tx.query('select enqueue_send($1, $2, $3, $4::smallint, $5, $6::timestamptz)', [
    messageId,
    pair.numberId,
    pair.contactId,
    attempt,
    waiting,
    status === 'HELD' ? null : (runAt?.toISOString() ?? null),
  ]);
  await noteAttention(tx, messageId, status === 'QUEUED' ? null : (status as AttentionKind));
  tx.ring(WORK_BELL);
}

/** Puts a status on the timeline of an attempt, with the time of now. */
export async function noteStatus(tx: Transaction, messageId: string, attempt: number, status: MessageStatus): Promise<void> {
  await tx.query(
    `insert into message_status (message_id, attempt, status, at) values ($1, $2, $3, cube_now())
     on conflict (tenant_id, message_id, attempt, status) do update set at = excluded.at`,
    [messageId, attempt, status],
  );
}

/** What a message waits for before it may be sent: `MEDIA` when Meta has no valid id of its file for that number, which a job then gets. */
export async function awaitMedia(
  tx: Transaction,
  { messageId, mediaId, numberId }: { messageId: string; mediaId?: string | null; numberId: string },
): Promise<'MEDIA' | null> {
  if (!mediaId) return null;
  const known = await tx.query(
    `select 1 from media_upload where media_id = $1 and number_id = $2 and expires_at > cube_now() + interval '1 hour'`,
    [mediaId, numberId],
  );
  if (known.length) return null;
  await enqueueJob(tx.query, UPLOAD_MEDIA, messageId);
  return 'MEDIA';
}
