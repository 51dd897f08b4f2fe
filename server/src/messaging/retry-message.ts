import { reserveOutreach } from '../conversations/messaging-limit.ts';
import type { Context, Transaction } from '../platform/context.ts';
import { isId } from '../platform/ids.ts';
import { RuleBroken, UserErrorCode, type UserError } from '../platform/user-errors.ts';
import { once } from '../platform/idempotency.ts';
import { NEVER_REACHED } from './judge-outcome.ts';
import { describeFailure } from './message-failure.ts';
import { MessageStatus } from './message-enums.ts';
import { Message } from './message.ts';
import { estimateAnew } from './outgoing/estimated-cost.ts';
import { expiredAt } from './outgoing/expiry.ts';
import { NO_SUCH_MESSAGE, lockMessage, recordStatus, sayNow } from './outgoing/lock-message.ts';
import { filesOf, queueAttempt } from './outgoing/queue-attempt.ts';
import { refuseEndedOffer } from './outgoing/refuse-ended-offer.ts';
import { refuseSend } from './outgoing/refuse-send.ts';
import { refuseStopped, templateOf, toSendOf } from './outgoing/template-of.ts';

export interface Retry {
  messageId: string;
  /** Of an UNCONFIRMED one: whoever asks knows that the customer may get it twice. */
  mayHaveBeenSent?: boolean | null;
}

/** Meta punishes marketing that is sent again within a day to who has enough of it. */
const MARKETING_CAP = 131049;

/**
 * Sends a message again that failed, that WhatsApp gave up, or that may have been sent if the caller says so, as a new attempt on the same message. Throws
 * NOT_FOUND, NOT_RETRYABLE (it did not fail, or would fail the same way again), BAD_TIME for an offer that has ended, and what forbids sending:
 * WINDOW_CLOSED, OPTED_OUT, NUMBER_UNAVAILABLE, NO_ADDRESS, PHONE_NEEDED, TEMPLATE_NOT_APPROVED.
 */
export async function retryMessage(ctx: Context, input: Retry & { idempotencyKey: string }): Promise<{ message: Message }> {
  const { idempotencyKey, ...meant } = input;
  // The key's row holds the id before the message is looked for.
  if (!isId(input.messageId)) throw new RuleBroken('NOT_FOUND', NO_SUCH_MESSAGE, ['messageId']);
  const id = await once(ctx, idempotencyKey, meant, (tx) => retry(ctx, tx, input, ['messageId']), input.messageId);
  return { message: await (await ctx.reading()).findOneOrFail(Message, { id }) };
}

const MOST_AT_ONCE = 100;

export interface RetriedMessages {
  messages: Message[];
  /** One for each message that could not be sent again, by its place in `messageIds`. */
  userErrors: UserError[];
}

/**
 * Sends many again; those that cannot be are named and hold up none of the others. Throws BAD_INPUT for more than 100, and for a key of more than 150
 * characters.
 */
export async function retryMessages(
  ctx: Context,
  input: { messageIds: string[]; mayHaveBeenSent?: boolean | null; idempotencyKey: string },
): Promise<RetriedMessages> {
  const { idempotencyKey, ...meant } = input;
  const { messageIds, mayHaveBeenSent } = meant;
  if (!messageIds.length || messageIds.length > MOST_AT_ONCE)
    throw new RuleBroken('BAD_INPUT', `Give from 1 to ${MOST_AT_ONCE} messages.`, ['messageIds']);
  if (idempotencyKey.length > 150)
    throw new RuleBroken('BAD_INPUT', 'An idempotency key for many has up to 150 characters.', ['idempotencyKey']);
  // The key belongs to this request from here on; each message has its own place under it, so that a repetition goes on where the first one ended.
  await once(ctx, idempotencyKey, meant, async () => undefined, NOBODY);
  const userErrors: UserError[] = [];
  const retried: string[] = [];
  // One short command each: a hundred conversations locked together would stand in everybody's way.
  for (const messageId of new Set(messageIds)) {
    const field = ['messageIds', String(messageIds.indexOf(messageId))];
    try {
      if (!isId(messageId)) throw new RuleBroken('NOT_FOUND', NO_SUCH_MESSAGE, field);
      const one = { messageId, mayHaveBeenSent };
      retried.push(await once(ctx, `${idempotencyKey} ${messageId}`, one, (tx) => retry(ctx, tx, one, field), messageId));
    } catch (error) {
      if (!(error instanceof RuleBroken)) throw error;
      userErrors.push({ code: UserErrorCode[error.code], message: error.message, field });
    }
  }
  return { messages: await (await ctx.reading()).find(Message, { id: { $in: retried } }), userErrors };
}

const NOBODY = '00000000-0000-0000-0000-000000000000';

// The new attempt gets its own id from Meta; what still comes about the one before finds the message by that one's.
const NEW_WAMID = `
  with before as (
    insert into attempt_wamid (wamid_index, message_id, attempt, wamid)
    select wamid_index, id, attempt - 1, wamid from message where id = $1 and wamid_index is not null
  )
  update message set wamid = null, wamid_index = null where id = $1`;

/** Refuses before it changes anything. */
async function retry(ctx: Context, tx: Transaction, { messageId, mayHaveBeenSent }: Retry, field: string[]): Promise<void> {
  const locked = await lockMessage(tx, messageId, field);
  const { message, conversation, pair } = locked;
  if (!expiredAt(message, ctx.services.clock.now())) refuseUnlessFailed(message, mayHaveBeenSent === true, field);
  await refuseEndedOffer(ctx, message, ctx.services.clock.now(), field);
  if (message.failureCode === MARKETING_CAP) await refuseSoon(tx, message, field);
  const template = await templateOf(tx, message);
  const { isOpen } = await refuseSend(tx, conversation, toSendOf(message, template), field[0]);
  refuseStopped(template, field);
  if (!isOpen) await reserveOutreach(tx, pair.numberId, pair.contactId);
  message.attempt++;
  message.status = MessageStatus.QUEUED;
  message.failureCode = null;
  await estimateAnew(ctx, tx, locked);
  sayNow(locked, ctx.services.clock.now());
  await tx.em.flush();
  await tx.query(NEW_WAMID, [message.id]);
  const { id, attempt, createdAt: runAt } = message;
  await queueAttempt(tx, { messageId: id, attempt, status: MessageStatus.QUEUED, pair, mediaIds: filesOf(message), runAt });
  recordStatus(tx, locked, MessageStatus.QUEUED);
}

function refuseUnlessFailed({ status, failureCode }: Message, mayHaveBeenSent: boolean, field: string[]): void {
  if (status === MessageStatus.UNCONFIRMED) {
    if (mayHaveBeenSent) return;
    throw new RuleBroken('NOT_RETRYABLE', 'This message may have been sent: say that it may go out twice.', field);
  }
  if (status !== MessageStatus.FAILED)
    throw new RuleBroken('NOT_RETRYABLE', 'Only a message that failed can be sent again.', field);
  const failure = describeFailure(failureCode ?? NEVER_REACHED);
  if (!failure.retryable) throw new RuleBroken('NOT_RETRYABLE', `${failure.title}. ${failure.advice}`, field);
}

async function refuseSoon(tx: Transaction, { id, attempt }: Message, field: string[]): Promise<void> {
  const rows = await tx.query(
    `select 1 from message_status where message_id = $1 and attempt = $2 and status = 'FAILED' and at > cube_now() - interval '24 hours'`,
    [id, attempt],
  );
  if (rows.length)
    throw new RuleBroken('NOT_RETRYABLE', 'Wait at least 24 hours before you send marketing to this customer again.', field);
}
