import { Conversation } from '../conversations/conversation.ts';
import type { Context } from '../platform/context.ts';
import { findById } from '../platform/find-by-id.ts';
import { once } from '../platform/idempotency.ts';
import { isId } from '../platform/ids.ts';
import { RuleBroken } from '../platform/user-errors.ts';
import { NEVER_REACHED } from './judge-outcome.ts';
import { describeFailure } from './message-failure.ts';
import { MessageStatus } from './message-enums.ts';
import { Message } from './message.ts';
import { refuseClosedWindow } from './refuse-closed-window.ts';
import { queueAttempt } from './send-message.ts';

/**
 * Sends a failed message again, as a new attempt on the same message. Throws NOT_FOUND, NOT_RETRYABLE (it did not fail, or would fail the
 * same way again; one that may have been sent is never sent twice), WINDOW_CLOSED.
 */
export async function retryMessage(
  ctx: Context,
  input: { messageId: string; idempotencyKey: string },
): Promise<{ message: Message }> {
  const { idempotencyKey, ...meant } = input;
  // The key's row holds the id before the message is looked for.
  if (!isId(input.messageId)) throw new RuleBroken('NOT_FOUND', 'No such message.', ['messageId']);
  const id = await once(
    ctx,
    idempotencyKey,
    meant,
    async (tx) => {
      const message = await findById(tx.em, Message, input.messageId);
      if (!message) throw new RuleBroken('NOT_FOUND', 'No such message.', ['messageId']);
      await tx.em.refresh(message, { lockMode: 4 });
      if (message.status !== MessageStatus.FAILED)
        throw new RuleBroken('NOT_RETRYABLE', 'Only a message that failed can be sent again.', ['messageId']);
      const failure = describeFailure(message.failureCode ?? NEVER_REACHED);
      if (!failure.retryable) throw new RuleBroken('NOT_RETRYABLE', `${failure.title}. ${failure.advice}`, ['messageId']);
      const conversation = await tx.em.findOneOrFail(Conversation, message.conversation.id);
      await refuseClosedWindow(tx, conversation);
      message.attempt++;
      message.status = MessageStatus.QUEUED;
      message.failureCode = null;
      await tx.em.flush();
      // The new attempt gets its own id from Meta.
      await tx.query('update message set wamid = null, wamid_index = null where id = $1', [message.id]);
      await queueAttempt(tx, { messageId: message.id, attempt: message.attempt, conversation });
      tx.record({ kind: 'MESSAGE_STATUS', subjectId: message.id, conversationId: conversation.id, status: MessageStatus.QUEUED });
    },
    input.messageId,
  );
  return { message: await (await ctx.reading()).findOneOrFail(Message, { id }) };
}
