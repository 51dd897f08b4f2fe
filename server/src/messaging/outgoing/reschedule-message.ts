import type { Context } from '../../platform/context.ts';
import { RuleBroken } from '../../platform/user-errors.ts';
import { MessageStatus } from '../message-enums.ts';
import { Message } from '../message.ts';
import { checkSchedule, type ScheduleAsked } from './check-schedule.ts';
import { lockMessage } from './lock-message.ts';
import { moveOn } from './release-message.ts';

/**
 * Gives a message that still waits another time, or none: then it goes out at once. A held one stays held. Throws NOT_FOUND, TOO_LATE, BAD_TIME, BAD_INPUT, and
 * what forbids sending.
 */
export async function rescheduleMessage(
  ctx: Context,
  input: { messageId: string } & ScheduleAsked,
): Promise<{ message: Message }> {
  await ctx.command(async (tx) => {
    const locked = await lockMessage(tx, input.messageId);
    const { message, conversation } = locked;
    if (message.status !== MessageStatus.SCHEDULED && message.status !== MessageStatus.HELD)
      throw new RuleBroken('TOO_LATE', 'This message does not wait any more.', ['messageId']);
    const schedule = await checkSchedule(tx, input);
    message.scheduledAt = schedule?.at ?? null;
    message.timeZone = schedule?.timeZone ?? null;
    if (message.status === MessageStatus.SCHEDULED) await moveOn(ctx, tx, locked);
    tx.record({ kind: 'MESSAGE_UPDATED', subjectId: message.id, conversationId: conversation.id });
  });
  return { message: await (await ctx.reading()).findOneOrFail(Message, { id: input.messageId }) };
}
