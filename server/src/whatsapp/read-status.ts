import type { ReceivedError, ReceivedStatus, RejectPiece } from './read-envelope.ts';
import { idOf, isJson, type Json, listOf, objectOf, textOf, unixMs } from './read-json.ts';
import type { DeliveryStatus } from './wire.ts';

const STATUSES = new Set<string>(['sent', 'delivered', 'read', 'played', 'failed'] satisfies DeliveryStatus[]);

/** One entry of `statuses`, or undefined after it was rejected. */
export function readStatus(raw: Json, path: string, reject: RejectPiece): ReceivedStatus | undefined {
  const wamid = idOf(raw.id);
  const at = unixMs(raw.timestamp);
  if (wamid === undefined) return void reject('no message id', `${path}.id`);
  if (!isDeliveryStatus(raw.status)) return void reject('unknown status', `${path}.status`);
  if (at === undefined) return void reject('no timestamp', `${path}.timestamp`);
  const participant = readParticipant(raw);
  return {
    wamid,
    status: raw.status,
    at,
    recipientId: idOf(raw.recipient_id),
    recipientUserId: idOf(raw.recipient_user_id),
    // Until May 2026 the two words stood the other way round.
    recipientParentUserId: idOf(raw.recipient_parent_user_id) ?? idOf(raw.parent_recipient_user_id),
    isGroup: raw.recipient_type === 'group' || participant !== undefined,
    participant,
    opaque: textOf(raw.biz_opaque_callback_data),
    pricing: raw.pricing === undefined ? undefined : readPricing(raw.pricing),
    conversation: raw.conversation === undefined ? undefined : readConversation(raw.conversation),
    errors: raw.errors === undefined ? [] : readErrors(raw.errors),
  };
}

function isDeliveryStatus(status: unknown): status is DeliveryStatus {
  return typeof status === 'string' && STATUSES.has(status);
}

function readParticipant(raw: Json): ReceivedStatus['participant'] {
  const id = idOf(raw.recipient_participant_id) ?? idOf(raw.participant_recipient_id);
  const userId = idOf(raw.recipient_participant_user_id);
  if (id === undefined && userId === undefined) return undefined;
  return { id, userId, parentUserId: idOf(raw.recipient_participant_parent_user_id) };
}

function readPricing(raw: unknown): ReceivedStatus['pricing'] {
  if (!isJson(raw)) return undefined;
  const billable = typeof raw.billable === 'boolean' ? raw.billable : undefined;
  return { category: textOf(raw.category), type: textOf(raw.type), model: textOf(raw.pricing_model), billable };
}

function readConversation(raw: unknown): ReceivedStatus['conversation'] {
  if (!isJson(raw)) return undefined;
  return { id: idOf(raw.id), origin: textOf(objectOf(raw.origin).type), expiresAt: unixMs(raw.expiration_timestamp) };
}

/** Faults of Meta's; entries without a code are left out. */
export function readErrors(errors: unknown): ReceivedError[] {
  const read: ReceivedError[] = [];
  for (const error of listOf(errors)) {
    if (!isJson(error) || !Number.isSafeInteger(error.code)) continue;
    const data = objectOf(error.error_data);
    const title = textOf(error.title) ?? textOf(error.message);
    read.push({ code: Number(error.code), title, details: textOf(data.details), transient: error.is_transient === true });
  }
  return read;
}
