import { reserveOutreach } from '../../conversations/messaging-limit.ts';
import type { Context, Transaction } from '../../platform/context.ts';
import { RuleBroken } from '../../platform/user-errors.ts';
import { MessageStatus } from '../message-enums.ts';
import { Message } from '../message.ts';
import { isWithdrawn } from './cancel-message.ts';
import { estimateAnew } from './estimated-cost.ts';
import { type LockedMessage, lockMessage, recordStatus, sayNow } from './lock-message.ts';
import { filesOf, queueAttempt } from './queue-attempt.ts';
import { refuseEndedOffer } from './refuse-ended-offer.ts';
import { refuseSend } from './refuse-send.ts';
import { refuseStopped, templateOf, toSendOf } from './template-of.ts';

/**
 * Lets a message go that was held for a review: now, or at its time when that is still to come. Throws NOT_FOUND, TOO_LATE unless it is held, BAD_TIME for an
 * offer that will have ended, and what forbids sending by now: WINDOW_CLOSED, OPTED_OUT, NUMBER_UNAVAILABLE, NO_ADDRESS, PHONE_NEEDED, TEMPLATE_NOT_APPROVED.
 */
export async function releaseMessage(ctx: Context, input: { messageId: string }): Promise<{ message: Message }> {
  await ctx.command(async (tx) => {
    const locked = await lockMessage(tx, input.messageId);
    if (locked.message.status !== MessageStatus.HELD)
      throw new RuleBroken('TOO_LATE', 'This message is not held any more.', ['messageId']);
    await moveOn(ctx, tx, locked);
  });
  return { message: await (await ctx.reading()).findOneOrFail(Message, { id: input.messageId }) };
}

/** Takes a waiting message from where it waits to its time, or to the queue when that is past or was never set. */
export async function moveOn(ctx: Context, tx: Transaction, locked: LockedMessage): Promise<void> {
  const { message, conversation, pair } = locked;
  const template = await templateOf(tx, message);
  const { isOpen } = await refuseSend(tx, conversation, toSendOf(message, template), 'messageId');
  if (!(await isWithdrawn(tx.query, message.id)))
    throw new RuleBroken('TOO_LATE', 'This message is on its way already.', ['messageId']);
  const [row] = await tx.query<{ is_early: boolean | null }>('select $1::timestamptz > cube_now() as is_early', [
    message.scheduledAt?.toISOString() ?? null,
  ]);
  const goesOutAt = (row?.is_early && message.scheduledAt) || ctx.services.clock.now();
  await refuseEndedOffer(ctx, message, goesOutAt, ['messageId']);
  const status = row?.is_early ? MessageStatus.SCHEDULED : MessageStatus.QUEUED;
  message.status = status;
  if (status === MessageStatus.QUEUED) {
    refuseStopped(template, ['messageId']);
    if (!isOpen) await reserveOutreach(tx, pair.numberId, pair.contactId);
    await estimateAnew(ctx, tx, locked);
    sayNow(locked, ctx.services.clock.now());
  }
  await tx.em.flush();
  await queueAttempt(tx, {
    messageId: message.id,
    attempt: message.attempt,
    status,
    pair,
    mediaIds: filesOf(message),
    runAt: status === MessageStatus.SCHEDULED ? message.scheduledAt : message.createdAt,
  });
  recordStatus(tx, locked, status);
}
