import type { ReceivedChange, ReceivedMessage, ReceivedStatus } from '../read-envelope.ts';

/** One webhook as Meta sends it, with values of our own, and what it has to be read as: every list that is not named must be empty. */
export interface Payload {
  name: string;
  body: Envelope;
  reads: Partial<Pick<ReceivedChange, 'contacts' | 'messages' | 'statuses' | 'errors' | 'notices' | 'at'>>;
}

export interface Envelope {
  object: 'whatsapp_business_account';
  entry: { id: string | number; time?: number; changes: { field: string; value: object; [beside: string]: unknown }[] }[];
}

export const WABA_ID = '9001';
export const PHONE_NUMBER_ID = '7001';
export const METADATA = { display_phone_number: '493055501', phone_number_id: PHONE_NUMBER_ID };
export const ADA = { profile: { name: 'Ada L' }, wa_id: '4915550001' };
export const AT = 1_790_000_000_000;

export function envelope(field: string, value: object, more: { time?: number; beside?: object } = {}): Envelope {
  const entry = more.time === undefined ? { id: WABA_ID } : { id: WABA_ID, time: more.time };
  return { object: 'whatsapp_business_account', entry: [{ ...entry, changes: [{ field, value, ...more.beside }] }] };
}

/** A message of Ada's, to which `raw` adds or from which it takes (undefined) what it says. */
export function message(name: string, raw: { type: string; [key: string]: unknown }, read: Partial<ReceivedMessage>): Payload {
  const wire = { from: ADA.wa_id, id: 'wamid.IN1', timestamp: '1790000000', ...raw };
  const value = { messaging_product: 'whatsapp', metadata: METADATA, contacts: [ADA], messages: [wire] };
  const contacts = [{ waId: '4915550001', name: 'Ada L' }];
  return { name, body: envelope('messages', value), reads: { contacts, messages: [expected(raw.type, read)] } };
}

function expected(type: string, read: Partial<ReceivedMessage>): ReceivedMessage {
  const content = { kind: 'UNSUPPORTED', text: null, parts: {} } as const;
  return { wamid: 'wamid.IN1', type, at: AT, from: '4915550001', content, errors: [], ...read };
}

/** A status of a message to Ada. */
export function status(name: string, raw: { status: string; [key: string]: unknown }, read: Partial<ReceivedStatus>): Payload {
  const wire = { id: 'wamid.OUT1', timestamp: '1790000000', recipient_id: '4915550001', ...raw };
  const value = { messaging_product: 'whatsapp', metadata: METADATA, statuses: [wire] };
  const known = { wamid: 'wamid.OUT1', at: AT, recipientId: '4915550001', isGroup: false, errors: [] };
  return { name, body: envelope('messages', value), reads: { statuses: [{ ...known, ...read } as ReceivedStatus] } };
}

/** News on a field of its own. */
export function news(field: string, name: string, value: object, ...notices: ReceivedChange['notices']): Payload {
  return { name: `${field}: ${name}`, body: envelope(field, value, { time: 1_790_000_000 }), reads: { at: AT, notices } };
}
