import type { Conversation } from '../../conversations/conversation.ts';
import type { Transaction } from '../../platform/context.ts';
import { findById } from '../../platform/find-by-id.ts';
import { RuleBroken } from '../../platform/user-errors.ts';
import { MessageKind } from '../message-enums.ts';
import { Message } from '../message.ts';

const REACTION_FIELD = ['reaction', 'messageId'];

/** The message that is answered. Throws NOT_FOUND unless it stands in this conversation, and BAD_INPUT for one that WhatsApp does not know: its quote would be lost. */
export async function findQuoted(tx: Transaction, conversation: Conversation, id: string): Promise<Message> {
  const message = await findById(tx.em, Message, id);
  if (message?.conversation.id !== conversation.id)
    throw new RuleBroken('NOT_FOUND', 'No such message in this conversation.', ['replyToId']);
  const { isKnown } = await whatWhatsAppKnows(tx, message);
  if (!isKnown || message.kind === MessageKind.SYSTEM)
    throw new RuleBroken('BAD_INPUT', 'WhatsApp does not know that message: answer one that was sent or received.', [
      'replyToId',
    ]);
  return message;
}

/**
 * The message that gets an emoji. Throws NOT_FOUND unless it stands in this conversation, and BAD_INPUT where WhatsApp takes none: on what it never
 * saw, what was taken back, and what is older than 30 days.
 */
export async function findReactionTarget(tx: Transaction, conversation: Conversation, id: string): Promise<Message> {
  const message = await findById(tx.em, Message, id);
  if (message?.conversation.id !== conversation.id)
    throw new RuleBroken('NOT_FOUND', 'No such message in this conversation.', REACTION_FIELD);
  const { isKnown, isOld } = await whatWhatsAppKnows(tx, message);
  const isBare = message.kind === MessageKind.REACTION || message.kind === MessageKind.SYSTEM || message.revokedAt !== null;
  if (!isKnown || isBare) throw new RuleBroken('BAD_INPUT', 'WhatsApp takes no reaction to this message.', REACTION_FIELD);
  if (isOld)
    throw new RuleBroken('BAD_INPUT', 'WhatsApp takes no reaction to a message of more than 30 days ago.', REACTION_FIELD);
  return message;
}

/** Whether WhatsApp has given the message, or an earlier attempt of it, an id; and whether it is older than what it takes reactions to. */
async function whatWhatsAppKnows(tx: Transaction, { id }: Message): Promise<{ isKnown: boolean; isOld: boolean }> {
  const [facts] = await tx.query<{ is_known: boolean; is_old: boolean }>(
    `select wamid is not null or exists (select from attempt_wamid o where o.message_id = message.id) as is_known,
       sent_at < cube_now() - interval '30 days' as is_old from message where id = $1`,
    [id],
  );
  return { isKnown: facts?.is_known ?? false, isOld: facts?.is_old ?? false };
}
