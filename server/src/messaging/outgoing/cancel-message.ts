import type { Context } from '../../platform/context.ts';
import { RuleBroken } from '../../platform/user-errors.ts';
import { MessageStatus } from '../message-enums.ts';
import { Message } from '../message.ts';
import { noteAttention } from './attention.ts';
import { lockMessage, recordStatus } from './lock-message.ts';
import { noteStatus } from './queue-attempt.ts';

const STOPPABLE = [MessageStatus.SCHEDULED, MessageStatus.HELD, MessageStatus.QUEUED];

/** Stops a message before it is sent. Throws NOT_FOUND, and TOO_LATE once it is on its way. */
export async function cancelMessage(ctx: Context, input: { messageId: string }): Promise<{ message: Message }> {
  await ctx.command(async (tx) => {
    const locked = await lockMessage(tx, input.messageId);
    const { message } = locked;
    if (message.status === MessageStatus.CANCELLED) return;
    // No worker takes it any more once its row is gone from the queue.
    const isStopped = STOPPABLE.includes(message.status) && (await isWithdrawn(tx.query, message.id));
    if (!isStopped) throw new RuleBroken('TOO_LATE', 'This message is on its way already.', ['messageId']);
    message.status = MessageStatus.CANCELLED;
    await tx.em.flush();
    await noteStatus(tx, message.id, message.attempt, MessageStatus.CANCELLED);
    await noteAttention(tx, message.id, null);
    recordStatus(tx, locked, MessageStatus.CANCELLED);
  });
  return { message: await (await ctx.reading()).findOneOrFail(Message, { id: input.messageId }) };
}

type Query = Parameters<Parameters<Context['command']>[0]>[0]['query'];

/** Takes a message out of the queue unless a worker has it in hand; tells whether it did. */
export async function isWithdrawn(query: Query, messageId: string): Promise<boolean> {
  const [row] = await query<{ withdrawn: boolean }>('select withdraw_send($1) as withdrawn', [messageId]);
  return row?.withdrawn === true;
}
