import { Contact } from '../../contacts/contact.ts';
import { askReceipt } from '../../conversations/ask-receipt.ts';
import type { Conversation } from '../../conversations/conversation.ts';
import type { Context, Transaction } from '../../platform/context.ts';
import { place, seal, Sealed } from '../../platform/sealed.ts';
import { RuleBroken } from '../../platform/user-errors.ts';
import type { Content } from '../../whatsapp/content.ts';
import { MessageDirection, MessageKind, MessageStatus } from '../message-enums.ts';
import { claimAll, claimMedia, type Owner } from '../media/claim-media.ts';
import type { Media } from '../media/media.ts';
import { Message } from '../message.ts';
import type { Schedule } from './check-schedule.ts';
import { estimatedCost } from './estimated-cost.ts';
import { filesOf, queueAttempt } from './queue-attempt.ts';

export interface Draft {
  id: string;
  conversation: Conversation;
  content: Content;
  media: Media | null;
  /** Of a carousel: what its cards show. */
  cardMedia: readonly Media[];
  templateId: string | null;
  category: string | null;
  ttlSeconds: number | null;
  replyTo: Message | null;
  schedule: Schedule | null;
  holdReason: string | null;
}

/** Writes a message, sealed under its contact's key, and queues it. Throws NOT_FOUND for a contact that is being erased. */
export async function writeMessage(ctx: Context, tx: Transaction, draft: Draft): Promise<void> {
  const { tenantId, memberId, apiKeyId } = ctx.me;
  const { id, conversation, content, schedule, holdReason } = draft;
  const owner = await ownerOf(ctx, tx, conversation);
  const files = await claimFiles(ctx, tx, draft, owner);
  const sealed = (column: string, text: string | null) =>
    text === null ? null : new Sealed(seal(owner.key, place(tenantId, 'message', column, id), text));
  const now = ctx.services.clock.now();
  const status = holdReason !== null ? MessageStatus.HELD : schedule ? MessageStatus.SCHEDULED : MessageStatus.QUEUED;
  tx.em.create(Message, {
    id,
    conversation,
    direction: MessageDirection.OUTBOUND,
    kind: MessageKind[content.kind],
    body: sealed('body', content.text),
    parts: sealed('parts', Object.keys(content.parts).length ? JSON.stringify(content.parts) : null),
    ...files,
    templateId: draft.templateId,
    ...(await estimatedCost(ctx, tx, draft, status)),
    ttlSeconds: draft.ttlSeconds,
    status,
    attempt: 1,
    authorMemberId: memberId ?? null,
    authorApiKeyId: apiKeyId ?? null,
    replyTo: draft.replyTo,
    scheduledAt: schedule?.at ?? null,
    timeZone: schedule?.timeZone ?? null,
    sealedHoldReason: sealed('hold_reason', holdReason),
    sentAt: now,
  });
  if (memberId && conversation.unreadCount > 0) await askReceipt(ctx, tx, conversation.id);
  if (content.kind !== 'REACTION')
    touch(conversation, { id, isSent: status === MessageStatus.QUEUED, now, isPerson: Boolean(memberId) });
  await tx.em.flush();
  const pair = { numberId: conversation.number.id, contactId: owner.contactId };
  await queueAttempt(tx, { messageId: id, attempt: 1, status, pair, mediaIds: filesOf(files), runAt: schedule?.at });
  tx.record({ kind: 'MESSAGE_CREATED', subjectId: id, conversationId: conversation.id, status });
}

async function claimFiles(ctx: Context, tx: Transaction, { media, cardMedia }: Draft, owner: Owner) {
  return {
    mediaId: media && (await claimMedia(ctx, tx, media, owner)).id,
    cardMediaIds: cardMedia.length ? await claimAll(ctx, tx, cardMedia, owner) : null,
  };
}

/** Whose message it is, with the key that seals it. */
async function ownerOf(
  { services: { keys }, me: { tenantId } }: Context,
  tx: Transaction,
  conversation: Conversation,
): Promise<Owner> {
  const { id: contactId, keyId } = await tx.em.findOneOrFail(Contact, conversation.contact.id);
  await keys.loadContactKeys(tx.query, tenantId, [keyId]);
  const key = keys.contactKey(tenantId, keyId);
  if (!key) throw new RuleBroken('NOT_FOUND', 'No such conversation.', ['conversationId']);
  return { contactId, key };
}

/** What waits for its time or for a review has not been said yet. */
function touch(conversation: Conversation, said: { id: string; isSent: boolean; now: Date; isPerson: boolean }): void {
  if (said.isSent) {
    conversation.lastMessageId = said.id;
    conversation.lastActivityAt = said.now;
  }
  // A person who answers has read what was there; a program has not.
  if (said.isPerson) conversation.unreadCount = 0;
}
