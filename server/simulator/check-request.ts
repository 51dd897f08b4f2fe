import type { ReadReceiptRequest, SendRequest, SendType } from '../src/whatsapp/wire.ts';
import { contacts, location } from './check-card.ts';
import { interactive } from './check-interactive.ts';
import { audio, document, image, sticker, video } from './check-media.ts';
import { reaction } from './check-reaction.ts';
import { template } from './check-template.ts';
import { text } from './check-text.ts';
import { type Check, type Fields, type Invalid, invalid, isFields, unknownField } from './shapes.ts';

const CONTENTS: Record<SendType, Check> = {
  text,
  image,
  video,
  audio,
  document,
  sticker,
  location,
  contacts,
  reaction,
  interactive,
  template,
};
const FRAME = [
  'messaging_product',
  'recipient_type',
  'to',
  'recipient',
  'type',
  'context',
  'biz_opaque_callback_data',
  'recipient_identity_key_hash',
];
const FIELDS = new Map(Object.keys(CONTENTS).map((type) => [type, new Set([...FRAME, type])]));
const CONTEXT_FIELDS = new Set(['message_id']);
const RECEIPT_FIELDS = new Set(['messaging_product', 'status', 'message_id', 'typing_indicator']);
const USER_ID = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/;
const OPAQUE_MAX = 512;

/** Whether a body of the messages address is a read receipt rather than a message. */
export function isReceipt(body: unknown): body is Fields {
  return isFields(body) && 'status' in body;
}

/** Whether this is a business-scoped user id rather than a phone number. */
export function isUserId(value: string): boolean {
  return USER_ID.test(value);
}

/** The checked request to send, or why Meta refuses it. A template's parameters are checked later, against the template. */
export function checkSend(body: unknown): SendRequest | Invalid {
  if (!isFields(body)) return { code: 100, details: 'The request body is not a JSON object.' };
  const { type = 'text' } = body;
  const known = typeof type === 'string' ? FIELDS.get(type) : undefined;
  if (!known) return invalid(131051, `Message type ${String(type)} is not supported`);
  const kind = type as SendType;
  const wrong = faultOfFrame(body, known) ?? faultOfRecipient(body) ?? CONTENTS[kind](body[kind], kind);
  if (wrong) return wrong;
  if (kind === 'reaction' && body.context !== undefined) return invalid(131009, 'A reaction cannot be a reply');
  return (body.type === undefined ? { ...body, type } : body) as unknown as SendRequest;
}

/** The checked read receipt, or why Meta refuses it. */
export function checkReceipt(body: Fields): ReadReceiptRequest | Invalid {
  const unknown = unknownField(body, RECEIPT_FIELDS);
  if (unknown) return unknown;
  if (body.messaging_product !== 'whatsapp') return invalid(100, "messaging_product must be 'whatsapp'");
  if (body.status !== 'read') return invalid(100, "status must be 'read'");
  if (typeof body.message_id !== 'string' || body.message_id === '') return invalid(131008, 'message_id is required');
  const typing = body.typing_indicator;
  if (typing !== undefined && !(isFields(typing) && typing.type === 'text' && Object.keys(typing).length === 1))
    return invalid(131009, "typing_indicator.type must be 'text'");
  return body as unknown as ReadReceiptRequest;
}

function faultOfFrame(body: Fields, known: Set<string>): Invalid | undefined {
  const unknown = unknownField(body, known);
  if (unknown) return unknown;
  if (body.messaging_product !== 'whatsapp') return invalid(100, "messaging_product must be 'whatsapp'");
  if (body.recipient_type !== undefined && body.recipient_type !== 'individual')
    return invalid(100, "recipient_type must be 'individual'");
  const opaque = body.biz_opaque_callback_data;
  if (opaque !== undefined && (typeof opaque !== 'string' || opaque.length > OPAQUE_MAX)) {
    return invalid(100, `biz_opaque_callback_data must be a string of at most ${OPAQUE_MAX} characters`);
  }
  const { context } = body;
  if (context === undefined) return undefined;
  if (!isFields(context) || typeof context.message_id !== 'string') return invalid(131009, 'context.message_id must be a string');
  return unknownField(context, CONTEXT_FIELDS);
}

function faultOfRecipient({ to, recipient }: Fields): Invalid | undefined {
  if (to === undefined && recipient === undefined) return invalid(131008, "'to' or 'recipient' is required");
  if (to !== undefined && (typeof to !== 'string' || !/^\+?\d{7,15}$/.test(to.replace(/[\s()-]/g, '')))) {
    return invalid(131009, "'to' is not a phone number");
  }
  if (recipient !== undefined && (typeof recipient !== 'string' || !USER_ID.test(recipient))) {
    return invalid(131009, "'recipient' is not a business-scoped user id");
  }
  return undefined;
}
