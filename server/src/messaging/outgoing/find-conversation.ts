import { LockMode } from '@mikro-orm/core';
import { Conversation, ConversationStatus } from '../../conversations/conversation.ts';
import { WhatsappNumber } from '../../conversations/whatsapp-number.ts';
import { placeOf, readHead } from '../../events/read-log.ts';
import type { Context, Transaction } from '../../platform/context.ts';
import { findById } from '../../platform/find-by-id.ts';
import { newId } from '../../platform/ids.ts';
import { RuleBroken } from '../../platform/user-errors.ts';
import { findContact, meetContact } from './meet-contact.ts';

export interface Addressee {
  conversationId?: string | null;
  to?: string | null;
  whatsappNumberId?: string | null;
}

/**
 * The conversation named by its id, or the one of phone and number. It is locked: what is decided next stays true until the commit. Only a template
 * may go to somebody who never wrote. Throws NOT_FOUND, BAD_INPUT, WINDOW_CLOSED.
 */
export async function findConversation(
  ctx: Context,
  tx: Transaction,
  asked: Addressee,
  { isTemplate }: { isTemplate: boolean },
): Promise<Conversation> {
  if (Boolean(asked.conversationId) === Boolean(asked.to))
    throw new RuleBroken('BAD_INPUT', 'Give either a conversation, or a phone and one of your numbers.');
  const conversation = asked.conversationId
    ? await findById(tx.em, Conversation, asked.conversationId)
    : await conversationWith(ctx, tx, asked, isTemplate);
  if (!conversation) throw new RuleBroken('NOT_FOUND', 'No such conversation.', ['conversationId']);
  await tx.em.refresh(conversation, { lockMode: LockMode.PESSIMISTIC_WRITE });
  return conversation;
}

async function conversationWith(ctx: Context, tx: Transaction, asked: Addressee, isTemplate: boolean): Promise<Conversation> {
  const { to, whatsappNumberId } = asked;
  const number = whatsappNumberId ? await findById(tx.em, WhatsappNumber, whatsappNumberId) : null;
  if (!number) throw new RuleBroken('NOT_FOUND', 'No such WhatsApp number.', ['whatsappNumberId']);
  const phone = to as string;
  const contactId = (await findContact(ctx, tx, phone)) ?? (isTemplate ? await meetContact(ctx, tx, phone) : null);
  if (!contactId)
    throw new RuleBroken('WINDOW_CLOSED', 'This customer has not written to this number yet: only a template may begin.', ['to']);
  const pair = { contact: contactId, number: number.id, status: { $ne: ConversationStatus.RESOLVED } };
  const known = await tx.em.findOne(Conversation, pair);
  if (known) return known;
  // Two who write first to the same customer write in the same conversation.
  await tx.query(
    `insert into conversation (id, contact_id, number_id) values ($1, $2, $3)
     on conflict (tenant_id, contact_id, number_id) where status <> 'RESOLVED' do nothing`,
    [newId(), contactId, number.id],
  );
  return tx.em.findOneOrFail(Conversation, pair);
}

/** Throws CONVERSATION_MOVED when the log holds a message of the conversation that the sender has not seen. */
export async function refuseUnseen(ctx: Context, tx: Transaction, conversation: Conversation, lastSeen: string): Promise<void> {
  const seen = placeOf(await readHead(tx.query, ctx.me.tenantId), lastSeen);
  const [row] = await tx.query<{ moved: boolean }>(
    'select last_message_seq > $1::bigint as moved from conversation where id = $2',
    [seen.seq, conversation.id],
  );
  if (row?.moved) throw new RuleBroken('CONVERSATION_MOVED', 'Somebody wrote in the meantime. Read it, then send.', ['lastSeen']);
}

/** Answering a resolved conversation opens it again, unless the customer has a newer one. Throws CONVERSATION_MOVED. */
export async function reopen(tx: Transaction, conversation: Conversation): Promise<void> {
  if (conversation.status !== ConversationStatus.RESOLVED) return;
  const live = await tx.em.count(Conversation, {
    contact: conversation.contact.id,
    number: conversation.number.id,
    status: { $ne: ConversationStatus.RESOLVED },
  });
  if (live)
    throw new RuleBroken('CONVERSATION_MOVED', 'This customer has a newer conversation. Answer there.', ['conversationId']);
  conversation.status = ConversationStatus.OPEN;
  conversation.resolvedAt = null;
}
