import { ContactIdentity, IdentityKind } from '../contacts/contact-identity.ts';
import { Contact } from '../contacts/contact.ts';
import { Conversation, ConversationStatus } from '../conversations/conversation.ts';
import { WhatsappNumber } from '../conversations/whatsapp-number.ts';
import { placeOf, readHead } from '../events/read-log.ts';
import { WORK_BELL } from '../platform/bus.ts';
import type { Context, Transaction } from '../platform/context.ts';
import { findById } from '../platform/find-by-id.ts';
import { once } from '../platform/idempotency.ts';
import { newId } from '../platform/ids.ts';
import { queryIn } from '../platform/query.ts';
import { place, seal, Sealed } from '../platform/sealed.ts';
import { RuleBroken } from '../platform/user-errors.ts';
import { TEXT_MAX, textFault } from '../whatsapp/limits.ts';
import { MessageDirection, MessageKind, MessageStatus } from './message-enums.ts';
import { Message } from './message.ts';
import { refuseClosedWindow } from './refuse-closed-window.ts';

export interface SendMessage {
  conversationId?: string | null;
  to?: string | null;
  whatsappNumberId?: string | null;
  text?: string | null;
  replyToId?: string | null;
  idempotencyKey: string;
  lastSeen?: string | null;
}

/**
 * Queues a free-form reply; `deliver.ts` sends it. Repeated with its idempotency key it gives the same message.
 * Throws NOT_FOUND, BAD_INPUT, TEXT_TOO_LONG, WINDOW_CLOSED 24 hours after the customer's last message, CONVERSATION_MOVED when somebody
 * wrote after `lastSeen`, IDEMPOTENCY_MISMATCH.
 */
export async function sendMessage(ctx: Context, input: SendMessage): Promise<{ message: Message }> {
  const text = checkText(input.text);
  const { idempotencyKey, lastSeen: _seen, ...meant } = input;
  const send = async (tx: Transaction, id: string) => {
    const conversation = await findConversation(ctx, tx, input);
    await refuseClosedWindow(tx, conversation);
    if (input.lastSeen) await refuseUnseen(ctx, tx, conversation, input.lastSeen);
    const replyTo = input.replyToId ? await findById(tx.em, Message, input.replyToId) : null;
    if (input.replyToId && replyTo?.conversation.id !== conversation.id)
      throw new RuleBroken('NOT_FOUND', 'No such message in this conversation.', ['replyToId']);
    await write(ctx, tx, { id, conversation, text, replyTo });
  };
  const fresh = newId();
  const id = await once(ctx, idempotencyKey, meant, (tx) => send(tx, fresh), fresh);
  return { message: await (await ctx.reading()).findOneOrFail(Message, { id }) };
}

function checkText(text: string | null | undefined): string {
  const wrong = textFault(text ?? '');
  if (wrong === 'TOO_LONG') throw new RuleBroken('TEXT_TOO_LONG', `WhatsApp takes up to ${TEXT_MAX} characters.`, ['text']);
  if (wrong || !text) throw new RuleBroken('BAD_INPUT', 'Write something first.', ['text']);
  return text;
}

/** The conversation named by its id, or the one of contact and number. It is locked: what is decided next stays true until the commit. */
async function findConversation(ctx: Context, tx: Transaction, input: SendMessage): Promise<Conversation> {
  if (Boolean(input.conversationId) === Boolean(input.to))
    throw new RuleBroken('BAD_INPUT', 'Give either a conversation, or a phone and one of your numbers.');
  const conversation = input.conversationId
    ? await findById(tx.em, Conversation, input.conversationId)
    : await conversationWith(ctx, tx, input);
  if (!conversation) throw new RuleBroken('NOT_FOUND', 'No such conversation.', ['conversationId']);
  await tx.em.refresh(conversation, { lockMode: 4 });
  return conversation;
}

/** Somebody who never wrote has no open window, so only known contacts can be written to first without a template. */
async function conversationWith(ctx: Context, tx: Transaction, { to, whatsappNumberId }: SendMessage): Promise<Conversation> {
  const number = whatsappNumberId ? await findById(tx.em, WhatsappNumber, whatsappNumberId) : null;
  if (!number) throw new RuleBroken('NOT_FOUND', 'No such WhatsApp number.', ['whatsappNumberId']);
  const { keys } = ctx.services;
  await keys.loadTenants(queryIn(tx.em), [ctx.me.tenantId]);
  const valueIndex = keys.blind(ctx.me.tenantId, 'identity.PHONE', to as string);
  const identity = await tx.em.findOne(ContactIdentity, { kind: IdentityKind.PHONE, valueIndex });
  if (!identity)
    throw new RuleBroken('WINDOW_CLOSED', 'This customer has not written to this number yet: only a template may begin.', ['to']);
  const pair = { contact: identity.contact.id, number: number.id };
  const known = await tx.em.findOne(Conversation, { ...pair, status: { $ne: ConversationStatus.RESOLVED } });
  const conversation = known ?? tx.em.create(Conversation, pair);
  if (!known) await tx.em.flush();
  return conversation;
}

/** Throws CONVERSATION_MOVED when the log holds a message of the conversation that the sender has not seen. */
async function refuseUnseen(ctx: Context, tx: Transaction, conversation: Conversation, lastSeen: string): Promise<void> {
  const seen = placeOf(await readHead(tx.query, ctx.me.tenantId), lastSeen);
  const [row] = await tx.query<{ moved: boolean }>(
    'select last_message_seq > $1::bigint as moved from conversation where id = $2',
    [seen.seq, conversation.id],
  );
  if (row?.moved) throw new RuleBroken('CONVERSATION_MOVED', 'Somebody wrote in the meantime. Read it, then send.', ['lastSeen']);
}

interface Draft {
  id: string;
  conversation: Conversation;
  text: string;
  replyTo: Message | null;
}

async function write(ctx: Context, tx: Transaction, { id, conversation, text, replyTo }: Draft): Promise<void> {
  const { keys, clock } = ctx.services;
  const { tenantId, memberId, apiKeyId } = ctx.me;
  const contact = await tx.em.findOneOrFail(Contact, conversation.contact.id);
  await keys.loadContactKeys(tx.query, tenantId, [contact.keyId]);
  const key = keys.contactKey(tenantId, contact.keyId);
  if (!key) throw new RuleBroken('NOT_FOUND', 'No such conversation.', ['conversationId']);
  await reopen(tx, conversation);
  const now = clock.now();
  tx.em.create(Message, {
    id,
    conversation,
    direction: MessageDirection.OUTBOUND,
    kind: MessageKind.TEXT,
    body: new Sealed(seal(key, place(tenantId, 'message', 'body', id), text)),
    status: MessageStatus.QUEUED,
    attempt: 1,
    authorMemberId: memberId ?? null,
    authorApiKeyId: apiKeyId ?? null,
    replyTo,
    sentAt: now,
  });
  conversation.lastMessageId = id;
  conversation.lastActivityAt = now;
  // A person who answers has read what was there; a program has not.
  if (memberId) conversation.unreadCount = 0;
  await tx.em.flush();
  await queueAttempt(tx, { messageId: id, attempt: 1, conversation });
  tx.record({ kind: 'MESSAGE_CREATED', subjectId: id, conversationId: conversation.id, status: MessageStatus.QUEUED });
}

/** Answering a resolved conversation opens it again, unless the customer has a newer one. */
async function reopen(tx: Transaction, conversation: Conversation): Promise<void> {
  if (conversation.status !== ConversationStatus.RESOLVED) return;
  const { contact, number } = conversation;
  const live = await tx.em.count(Conversation, {
    contact: contact.id,
    number: number.id,
    status: { $ne: ConversationStatus.RESOLVED },
  });
  if (live)
    throw new RuleBroken('CONVERSATION_MOVED', 'This customer has a newer conversation. Answer there.', ['conversationId']);
  conversation.status = ConversationStatus.OPEN;
  conversation.resolvedAt = null;
}

/** Puts an attempt into the outgoing queue and its first status on the timeline. */
export async function queueAttempt(
  tx: Transaction,
  next: { messageId: string; attempt: number; conversation: Conversation },
): Promise<void> {
  const { messageId, attempt, conversation } = next;
  await tx.query('insert into message_status (message_id, attempt, status, at) values ($1, $2, $3, cube_now())', [
    messageId,
    attempt,
    MessageStatus.QUEUED,
  ]);
  await tx.query('select enqueue_send($1, $2, $3, $4::smallint, null, null)', [
    messageId,
    conversation.number.id,
    conversation.contact.id,
    attempt,
  ]);
  tx.ring(WORK_BELL);
}
