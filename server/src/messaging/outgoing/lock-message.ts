import { Conversation } from '../../conversations/conversation.ts';
import type { Transaction } from '../../platform/context.ts';
import { findById } from '../../platform/find-by-id.ts';
import { RuleBroken } from '../../platform/user-errors.ts';
import { MessageDirection, type MessageStatus } from '../message-enums.ts';
import { Message } from '../message.ts';

/** Said of every id alike, whatever it is or is not the id of. */
export const NO_SUCH_MESSAGE = 'No such message that was sent from here.';

export interface LockedMessage {
  message: Message;
  conversation: Conversation;
  pair: { numberId: string; contactId: string };
}

/**
 * Finds and locks a message that was sent from here (not what was written on the phone), then its conversation: in the order in which the worker's windows take them, and as weakly, so that others may write to the
 * conversation meanwhile. Throws NOT_FOUND.
 */
export async function lockMessage(tx: Transaction, id: string, field: string[] = ['messageId']): Promise<LockedMessage> {
  const message = await findById(tx.em, Message, id);
  if (!message || message.direction !== MessageDirection.OUTBOUND || message.isEcho)
    throw new RuleBroken('NOT_FOUND', NO_SUCH_MESSAGE, field);
  await tx.query('select 1 from message where id = $1 for no key update', [id]);
  await tx.em.refresh(message);
  await tx.query('select 1 from conversation where id = $1 for no key update', [message.conversation.id]);
  const conversation = await tx.em.findOneOrFail(Conversation, message.conversation.id, { refresh: true });
  return { message, conversation, pair: { numberId: conversation.number.id, contactId: conversation.contact.id } };
}

/** What went out just now is what was said last. */
export function sayNow({ message, conversation }: LockedMessage, now: Date): void {
  message.sentAt = now;
  if (message.kind === 'REACTION') return;
  if (!conversation.lastMessageId || conversation.lastMessageId < message.id) conversation.lastMessageId = message.id;
  conversation.lastActivityAt = now;
}

/** Tells everyone of a status that a command gave a message. */
export function recordStatus(tx: Transaction, { message, conversation }: LockedMessage, status: MessageStatus): void {
  tx.record({ kind: 'MESSAGE_STATUS', subjectId: message.id, conversationId: conversation.id, status });
}
