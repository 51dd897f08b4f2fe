import { LockMode } from '@mikro-orm/core';
import { Contact } from '../../contacts/contact.ts';
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
  contactId?: string | null;
  whatsappNumberId?: string | null;
}

/** What of the input says who the message is for. Throws BAD_INPUT unless it is one thing. */
export function addresseeField({ conversationId, to, contactId }: Addressee): 'conversationId' | 'to' | 'contactId' {
  const given = Object.entries({ conversationId, to, contactId }).flatMap(([name, value]) => (value ? [name] : []));
  if (given.length !== 1)
    throw new RuleBroken('BAD_INPUT', 'Give either a conversation, or a phone or a contact and one of your numbers.');
  return given[0] as 'conversationId' | 'to' | 'contactId';
}

/**
 * The conversation named by its id, or the one of a phone or a contact and a number. It is locked: what is decided next stays true until the commit. Only a template
 * may go to somebody who never wrote. Throws NOT_FOUND, BAD_INPUT, WINDOW_CLOSED.
 */
export async function findConversation(
  ctx: Context,
  tx: Transaction,
  asked: Addressee,
  { isTemplate }: { isTemplate: boolean },
): Promise<Conversation> {
  const field = addresseeField(asked);
  const conversation =
    field === 'conversationId'
      ? await findById(tx.em, Conversation, asked.conversationId as string)
      : await conversationWith(ctx, tx, asked, isTemplate);
  if (!conversation) throw new RuleBroken('NOT_FOUND', 'No such conversation.', ['conversationId']);
  await tx.em.refresh(conversation, { lockMode: LockMode.PESSIMISTIC_WRITE });
  return conversation;
}

async function conversationWith(ctx: Context, tx: Transaction, asked: Addressee, isTemplate: boolean): Promise<Conversation> {
  const { to, contactId: named, whatsappNumberId } = asked;
  const number = whatsappNumberId ? await findById(tx.em, WhatsappNumber, whatsappNumberId) : null;
  if (!number) throw new RuleBroken('NOT_FOUND', 'No such WhatsApp number.', ['whatsappNumberId']);
  const contactId = named ? await knownContact(tx, named) : await contactWith(ctx, tx, to as string, isTemplate);
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

/** The contact with this id, or the one that it was merged into: the way to those of whom no phone is known. */
async function knownContact(tx: Transaction, id: string): Promise<string> {
  const contact = await findById(tx.em, Contact, id);
  if (!contact) throw new RuleBroken('NOT_FOUND', 'No such contact.', ['contactId']);
  return contact.mergedIntoId ?? contact.id;
}

async function contactWith(ctx: Context, tx: Transaction, phone: string, isTemplate: boolean): Promise<string> {
  const contactId = (await findContact(ctx, tx, phone)) ?? (isTemplate ? await meetContact(ctx, tx, phone) : null);
  if (contactId) return contactId;
  throw new RuleBroken('WINDOW_CLOSED', 'This customer has not written to this number yet: only a template may begin.', ['to']);
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
