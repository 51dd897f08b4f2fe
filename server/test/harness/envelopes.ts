import type { Envelope, MessagesValue, WireMessage, WireStatus } from '../../src/whatsapp/wire.ts';

const SECOND = 1000;

/** One change as Meta sends it. */
export function change(phoneNumberId: string, value: Partial<MessagesValue>): Envelope['entry'][number]['changes'][number] {
  const metadata = { display_phone_number: '493055501', phone_number_id: phoneNumberId };
  return { field: 'messages', value: { messaging_product: 'whatsapp', metadata, ...value } };
}

/** A webhook body with these changes. */
export function body(...changes: Envelope['entry'][number]['changes']): Buffer {
  const envelope: Envelope = { object: 'whatsapp_business_account', entry: [{ id: '9001', changes }] };
  return Buffer.from(JSON.stringify(envelope));
}

export function text(wamid: string, from: string, words: string, more: Partial<WireMessage> = {}): WireMessage {
  return { from, id: wamid, timestamp: now(), type: 'text', text: { body: words }, ...more } as WireMessage;
}

/** A webhook body with one text. */
export function textBody(phoneNumberId: string, wamid: string, from: string, words: string, name = 'Ada Lovelace'): Buffer {
  return body(change(phoneNumberId, { contacts: [{ profile: { name }, wa_id: from }], messages: [text(wamid, from, words)] }));
}

export function status(wamid: string, reached: WireStatus['status'], more: Partial<WireStatus> = {}): WireStatus {
  return { id: wamid, status: reached, timestamp: now(), recipient_id: '4915550001', ...more };
}

/** A webhook body with statuses. */
export function statusBody(phoneNumberId: string, ...statuses: WireStatus[]): Buffer {
  return body(change(phoneNumberId, { statuses }));
}

function now(): string {
  return String(Math.floor(Date.now() / SECOND));
}
