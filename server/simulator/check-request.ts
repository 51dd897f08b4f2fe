import type { ReadReceiptRequest, TextRequest } from '../src/whatsapp/wire.ts';

/** A request Meta would refuse: its code, and what it says in `error_data.details`. */
export interface Invalid {
  code: number;
  details: string;
}

type Fields = Record<string, unknown>;

const SEND_FIELDS = new Set([
  'messaging_product',
  'recipient_type',
  'to',
  'recipient',
  'type',
  'text',
  'context',
  'biz_opaque_callback_data',
  'recipient_identity_key_hash',
]);
const RECEIPT_FIELDS = new Set(['messaging_product', 'status', 'message_id', 'typing_indicator']);
const USER_ID = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/;
const TEXT_MAX = 4096;
const OPAQUE_MAX = 512;

/** Whether a body of the messages address is a read receipt rather than a message. */
export function isReceipt(body: unknown): body is Fields {
  return isFields(body) && 'status' in body;
}

/** The checked request to send a text, or why Meta refuses it. */
export function checkText(body: unknown): TextRequest | Invalid {
  if (!isFields(body)) return { code: 100, details: 'The request body is not a JSON object.' };
  return faultOfFrame(body) ?? faultOfRecipient(body) ?? faultOfText(body) ?? (body as unknown as TextRequest);
}

/** The checked read receipt, or why Meta refuses it. */
export function checkReceipt(body: Fields): ReadReceiptRequest | Invalid {
  const unknown = unknownField(body, RECEIPT_FIELDS);
  if (unknown) return unknown;
  if (body.messaging_product !== 'whatsapp') return invalid(100, "messaging_product must be 'whatsapp'");
  if (body.status !== 'read') return invalid(100, "status must be 'read'");
  if (typeof body.message_id !== 'string' || body.message_id === '') return invalid(131008, 'message_id is required');
  const typing = body.typing_indicator;
  if (typing !== undefined && !(isFields(typing) && typing.type === 'text'))
    return invalid(131009, "typing_indicator.type must be 'text'");
  return body as unknown as ReadReceiptRequest;
}

function faultOfFrame(body: Fields): Invalid | undefined {
  const unknown = unknownField(body, SEND_FIELDS);
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
  return unknownField(context, new Set(['message_id']));
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

function faultOfText({ type, text }: Fields): Invalid | undefined {
  if (type !== undefined && type !== 'text') return invalid(131051, `Message type ${String(type)} is not supported`);
  if (!isFields(text)) return invalid(131008, "'text' is required");
  const unknown = unknownField(text, new Set(['body', 'preview_url']));
  if (unknown) return unknown;
  if (typeof text.body !== 'string' || text.body.trim() === '') return invalid(131008, 'text.body is required');
  if (text.body.length > TEXT_MAX && [...text.body].length > TEXT_MAX) {
    return invalid(131009, `text.body must be at most ${TEXT_MAX} characters`);
  }
  if (text.preview_url !== undefined && typeof text.preview_url !== 'boolean')
    return invalid(131009, 'text.preview_url must be a boolean');
  return undefined;
}

function unknownField(body: Fields, known: Set<string>): Invalid | undefined {
  for (const key of Object.keys(body)) if (!known.has(key)) return invalid(100, `Unexpected key "${key}" on param`);
  return undefined;
}

function invalid(code: number, details: string): Invalid {
  return { code, details };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
