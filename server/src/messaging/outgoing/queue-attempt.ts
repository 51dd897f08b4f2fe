import { WORK_BELL } from '../../platform/bus.ts';
import type { Transaction } from '../../platform/context.ts';
import { enqueueJob } from '../../platform/jobs.ts';
import type { Message } from '../message.ts';
import type { MessageStatus } from '../message-enums.ts';
import { type AttentionKind, noteAttention } from './attention.ts';

/** The job that brings the files of a queued message to Meta, then lets the message go. Its id is the message's. */
export const UPLOAD_MEDIA = 'upload_media';

export interface Attempt {
  messageId: string;
  attempt: number;
  status: MessageStatus.QUEUED | MessageStatus.SCHEDULED | MessageStatus.HELD;
  pair: { numberId: string; contactId: string };
  /** The files that Meta needs before it. */
  mediaIds?: readonly string[];
  /** Of SCHEDULED its time; else when it was written, unless that is now. */
  runAt?: Date | null;
}

/** Puts an attempt into the outgoing queue and its first status on the timeline. */
export async function queueAttempt(tx: Transaction, next: Attempt): Promise<void> {
  const { messageId, attempt, status, pair, mediaIds, runAt } = next;
  const waiting = status === 'QUEUED' ? await awaitMedia(tx, { messageId, mediaIds, numberId: pair.numberId }) : status;
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

/** The files of a message that Meta needs before it can be sent: its own, and those of its cards. */
export function filesOf({ mediaId, cardMediaIds }: Pick<Message, 'mediaId' | 'cardMediaIds'>): string[] {
  return [...(mediaId === null ? [] : [mediaId]), ...(cardMediaIds ?? [])];
}

/** What a message waits for before it may be sent: `MEDIA` when Meta has no valid id of one of its files for that number, which a job then gets. */
export async function awaitMedia(
  tx: Transaction,
  { messageId, mediaIds = [], numberId }: { messageId: string; mediaIds?: readonly string[]; numberId: string },
): Promise<'MEDIA' | null> {
  if (!mediaIds.length) return null;
  const missing = await tx.query(
    `select 1 from unnest($1::uuid[]) as file(id) where not exists (
       select from media_upload u where u.media_id = file.id and u.number_id = $2 and u.expires_at > cube_now() + interval '1 hour'
     ) limit 1`,
    [mediaIds, numberId],
  );
  if (!missing.length) return null;
  await enqueueJob(tx.query, UPLOAD_MEDIA, messageId);
  return 'MEDIA';
}
