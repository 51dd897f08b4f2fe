import type { Conversation } from '../conversations/conversation.ts';
import { reserveOutreach } from '../conversations/messaging-limit.ts';
import { WhatsappNumber } from '../conversations/whatsapp-number.ts';
import type { Context, Transaction } from '../platform/context.ts';
import { once } from '../platform/idempotency.ts';
import { newId } from '../platform/ids.ts';
import { RuleBroken } from '../platform/user-errors.ts';
import { prepareTemplate } from '../templates/prepare-template.ts';
import { isLonger } from '../whatsapp/limits.ts';
import { carriesCode } from '../whatsapp/template-variables.ts';
import { Message } from './message.ts';
import { checkCards } from './outgoing/check-cards.ts';
import { checkContent } from './outgoing/check-content.ts';
import { checkSchedule, type ScheduleAsked } from './outgoing/check-schedule.ts';
import { type Addressee, addresseeField, findConversation, refuseUnseen, reopen } from './outgoing/find-conversation.ts';
import { findQuoted, findReactionTarget } from './outgoing/find-quoted.ts';
import { type ContentAsked, type ContentRead, readContent } from './outgoing/read-content.ts';
import { refuseSend } from './outgoing/refuse-send.ts';
import { writeMessage } from './outgoing/write-message.ts';

export interface SendMessage extends Addressee, ContentAsked, ScheduleAsked {
  replyToId?: string | null;
  holdReason?: string | null;
  idempotencyKey: string;
  lastSeen?: string | null;
}

const HOLD_REASON_MAX = 500;
/** WhatsApp drops a one-time code that it could not deliver within this, unless the template says otherwise. */
const CODE_TTL_S = 600;

/**
 * Queues a message of any kind, lets it wait for its time, or holds it for a review; `deliver.ts` sends it. Repeated with its idempotency key it gives
 * the same message. Throws what Meta would refuse, with its place in the input: BAD_INPUT, TEXT_TOO_LONG, MEDIA_…, TEMPLATE_…; NOT_FOUND;
 * WINDOW_CLOSED 24 hours after the customer's last message for all but templates; OPTED_OUT, NUMBER_UNAVAILABLE, NO_ADDRESS, PHONE_NEEDED, MESSAGING_LIMIT_REACHED;
 * BAD_TIME; CONVERSATION_MOVED when somebody wrote after `lastSeen`; IDEMPOTENCY_MISMATCH.
 */
export async function sendMessage(ctx: Context, input: SendMessage): Promise<{ message: Message }> {
  const read = readContent(input);
  const { idempotencyKey, lastSeen: _seen, ...meant } = input;
  const fresh = newId();
  const id = await once(ctx, idempotencyKey, meant, (tx) => send(ctx, tx, input, read, fresh), fresh);
  return { message: await (await ctx.reading()).findOneOrFail(Message, { id }) };
}

async function send(ctx: Context, tx: Transaction, input: SendMessage, read: ContentRead, id: string): Promise<void> {
  const schedule = await checkSchedule(tx, input);
  const holdReason = checkHoldReason(input.holdReason);
  const isTemplate = read.template !== undefined;
  const conversation = await findConversation(ctx, tx, input, { isTemplate });
  if (input.lastSeen) await refuseUnseen(ctx, tx, conversation, input.lastSeen);
  const template = read.template && (await fillTemplate(tx, conversation, read, schedule?.at ?? ctx.services.clock.now()));
  const media = await checkContent(ctx, tx, read);
  const cardMedia = await checkCards(tx, read.cardMediaIds ?? []);
  const needsPhone = template !== undefined && carriesCode(template.components);
  const toSend = { isTemplate, category: template?.category, needsPhone };
  const { isOpen } = await refuseSend(tx, conversation, toSend, addresseeField(input));
  // What waits is counted when it goes out.
  if (!isOpen && !schedule && holdReason === null) await reserveOutreach(tx, conversation.number.id, conversation.contact.id);
  const target = read.reactionToId === undefined ? null : await findReactionTarget(tx, conversation, read.reactionToId);
  const quoted = input.replyToId && !target ? await findQuoted(tx, conversation, input.replyToId) : null;
  await reopen(tx, conversation);
  await writeMessage(ctx, tx, {
    id,
    conversation,
    content: read.content,
    media,
    cardMedia,
    templateId: template?.id ?? null,
    category: template?.category ?? null,
    ttlSeconds: template ? (template.ttlSeconds ?? (template.category === 'AUTHENTICATION' ? CODE_TTL_S : null)) : null,
    replyTo: target ?? quoted,
    schedule,
    holdReason,
  });
  if (target) tx.record({ kind: 'MESSAGE_UPDATED', subjectId: target.id, conversationId: conversation.id });
}

/** Makes the content of a message out of its template. */
async function fillTemplate(tx: Transaction, conversation: Conversation, read: ContentRead, at: Date) {
  const number = await tx.em.findOneOrFail(WhatsappNumber, conversation.number.id);
  const input = read.template as NonNullable<ContentRead['template']>;
  const { template, content, needsMedia, cardMediaIds } = await prepareTemplate(tx, input, { number, at });
  read.content = content;
  read.mediaId = needsMedia ? (input.headerMediaId ?? template.headerMediaId ?? undefined) : undefined;
  read.cardMediaIds = cardMediaIds ?? undefined;
  return template;
}

function checkHoldReason(reason: string | null | undefined): string | null {
  if (!reason?.trim()) return null;
  if (isLonger(reason, HOLD_REASON_MAX))
    throw new RuleBroken('TEXT_TOO_LONG', `A reason has up to ${HOLD_REASON_MAX} characters.`, ['holdReason']);
  return reason.trim();
}
