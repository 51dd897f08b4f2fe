import { LockMode } from '@mikro-orm/core';
import { Member } from '../identity/member.ts';
import type { Context, Transaction } from '../platform/context.ts';
import { findById } from '../platform/find-by-id.ts';
import { RuleBroken } from '../platform/user-errors.ts';
import { askReceipt } from './ask-receipt.ts';
import { Conversation, ConversationStatus } from './conversation.ts';

/** Resets the team's unread count; where a person does, the customer is shown that it was read. Throws NOT_FOUND. */
export function markConversationRead(ctx: Context, input: { conversationId: string }) {
  return change(ctx, input.conversationId, async (conversation, tx) => {
    if (conversation.unreadCount > 0) await askReceipt(ctx, tx, conversation.id);
    conversation.unreadCount = 0;
  });
}

/** Gives a conversation to a member, or to nobody. Throws NOT_FOUND. */
export function assignConversation(ctx: Context, input: { conversationId: string; memberId?: string | null }) {
  return change(ctx, input.conversationId, async (conversation, tx) => {
    const member = input.memberId ? await findById(tx.em, Member, input.memberId) : null;
    if (input.memberId && (!member || member.removedAt)) throw new RuleBroken('NOT_FOUND', 'No such member.', ['memberId']);
    tx.em.assign(conversation, { assignee: member });
  });
}

/** Ends a conversation. A new message within 24 hours opens it again. Throws NOT_FOUND. */
export function resolveConversation(ctx: Context, input: { conversationId: string }) {
  return change(ctx, input.conversationId, async (conversation) => {
    if (conversation.status === ConversationStatus.RESOLVED) return;
    conversation.status = ConversationStatus.RESOLVED;
    conversation.resolvedAt = ctx.services.clock.now();
    conversation.unreadCount = 0;
  });
}

/** Opens a resolved conversation again. Throws NOT_FOUND, and BAD_INPUT when the customer has a newer one that is open. */
export function reopenConversation(ctx: Context, input: { conversationId: string }) {
  return change(ctx, input.conversationId, async (conversation, tx) => {
    if (conversation.status === ConversationStatus.OPEN) return;
    const live = await tx.em.findOne(Conversation, {
      contact: conversation.contact.id,
      number: conversation.number.id,
      status: { $ne: ConversationStatus.RESOLVED },
      id: { $ne: conversation.id },
    });
    if (live) throw new RuleBroken('BAD_INPUT', 'This customer has a newer conversation that is open.', ['conversationId']);
    conversation.status = ConversationStatus.OPEN;
    conversation.resolvedAt = null;
  });
}

/** One change of one conversation: the row is locked, and everyone hears of it only when something really changed. */
async function change(ctx: Context, id: string, apply: (conversation: Conversation, tx: Transaction) => Promise<void>) {
  return ctx.command(async (tx) => {
    const conversation = await findById(tx.em, Conversation, id);
    if (!conversation) throw new RuleBroken('NOT_FOUND', 'No such conversation.', ['conversationId']);
    await tx.em.refresh(conversation, { lockMode: LockMode.PESSIMISTIC_WRITE });
    await apply(conversation, tx);
    tx.em.getUnitOfWork().computeChangeSets();
    if (tx.em.getUnitOfWork().getChangeSets().length)
      tx.record({ kind: 'CONVERSATION_CHANGED', subjectId: conversation.id, conversationId: conversation.id });
    return { conversation };
  });
}
