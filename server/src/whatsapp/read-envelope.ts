import type { DeliveryStatus } from './wire.ts';
import { type Json, idOf, isJson, listOf, textOf, unixMs } from './read-json.ts';

/** One change of a webhook body, checked: whatever is here has the type it claims, ids are 1–256 printable ASCII characters. */
export interface ReceivedChange {
  wabaId: string;
  field: string;
  /** Our number at Meta. Missing only on fields other than `messages`. */
  phoneNumberId?: string;
  displayPhone?: string;
  contacts: ReceivedContact[];
  messages: ReceivedMessage[];
  statuses: ReceivedStatus[];
  /** Faults Meta reports about the number itself. */
  errors: ReceivedError[];
  /** The raw value of a field this reader does not know (templates, account, quality …). */
  unknown?: Json;
}

export interface ReceivedContact {
  waId?: string;
  userId?: string;
  parentUserId?: string;
  name?: string;
  /** Without a leading `@`. */
  username?: string;
}

export interface ReceivedMessage {
  wamid: string;
  /** `text` has `text`; every other type leaves its content in `raw`. */
  type: string;
  /** Unix milliseconds by Meta's clock, in whole seconds; may lie in the future. */
  at: number;
  from?: string;
  fromUserId?: string;
  fromParentUserId?: string;
  groupId?: string;
  text?: string;
  /** The wamid this message answers. */
  replyToWamid?: string;
  errors: ReceivedError[];
  raw: Json;
}

export interface ReceivedStatus {
  wamid: string;
  status: DeliveryStatus;
  /** Unix milliseconds by Meta's clock, in whole seconds. */
  at: number;
  recipientId?: string;
  recipientUserId?: string;
  /** What the send carried as `biz_opaque_callback_data`. */
  opaque?: string;
  pricing?: { category?: string; type?: string; model?: string };
  errors: ReceivedError[];
}

export interface ReceivedError {
  code: number;
  title?: string;
  details?: string;
  transient: boolean;
}

/** A piece that was left out, and where it stood, such as `entry[0].changes[2].value.messages[1]`. */
export interface Reject {
  reason: string;
  path: string;
}

export interface ReceivedEnvelope {
  changes: ReceivedChange[];
  /** The first 100 rejects; `rejectCount` counts them all. */
  rejects: Reject[];
  rejectCount: number;
}

const STATUSES = new Set<string>(['sent', 'delivered', 'read', 'played', 'failed'] satisfies DeliveryStatus[]);
const REJECTS_KEPT = 100;

/**
 * Reads a parsed webhook body. Takes anything, never throws and never recurses: a bad piece is counted among the rejects with its
 * path (which holds no content of the body), its good neighbours are kept. Unknown fields and message types are not rejects.
 */
export function readEnvelope(body: unknown): ReceivedEnvelope {
  const out: ReceivedEnvelope = { changes: [], rejects: [], rejectCount: 0 };
  const reject = (reason: string, path: string): void => {
    out.rejectCount++;
    if (out.rejects.length < REJECTS_KEPT) out.rejects.push({ reason, path });
  };
  if (!isJson(body)) reject('not an object', '');
  else if (body.object !== 'whatsapp_business_account') reject('not a WhatsApp envelope', 'object');
  else each(body.entry, 'entry', reject, (entry, path) => readEntry(entry, path, reject, out.changes));
  return out;
}

type RejectPiece = (reason: string, path: string) => void;

/** Calls `read` for each object of a list; a missing list is empty, anything else that is no list of objects is rejected. */
function each(list: unknown, path: string, reject: RejectPiece, read: (item: Json, path: string) => void): void {
  if (list === undefined || list === null) return;
  if (!Array.isArray(list)) return reject('not a list', path);
  for (let index = 0; index < list.length; index++) {
    const item: unknown = list[index];
    if (isJson(item)) read(item, `${path}[${index}]`);
    else reject('not an object', `${path}[${index}]`);
  }
}

function readEntry(entry: Json, path: string, reject: RejectPiece, changes: ReceivedChange[]): void {
  const wabaId = idOf(entry.id);
  if (wabaId === undefined) return reject('no account id', `${path}.id`);
  each(entry.changes, `${path}.changes`, reject, (change, changePath) => {
    const read = readChange(wabaId, change, changePath, reject);
    if (read) changes.push(read);
  });
}

function readChange(wabaId: string, change: Json, path: string, reject: RejectPiece): ReceivedChange | undefined {
  const field = idOf(change.field);
  const value = change.value;
  if (field === undefined) return void reject('no field', `${path}.field`);
  if (!isJson(value)) return void reject('no value', `${path}.value`);
  const metadata = isJson(value.metadata) ? value.metadata : {};
  const read: ReceivedChange = { wabaId, field, contacts: [], messages: [], statuses: [], errors: [] };
  read.phoneNumberId = idOf(metadata.phone_number_id);
  read.displayPhone = idOf(metadata.display_phone_number);
  if (field !== 'messages') return { ...read, unknown: value };
  if (read.phoneNumberId === undefined) return void reject('no phone number id', `${path}.value.metadata.phone_number_id`);
  const at = `${path}.value`;
  each(value.contacts, `${at}.contacts`, reject, (contact) => read.contacts.push(readContact(contact)));
  each(value.messages, `${at}.messages`, reject, (message, where) => readMessage(message, where, reject, read.messages));
  each(value.statuses, `${at}.statuses`, reject, (status, where) => readStatus(status, where, reject, read.statuses));
  read.errors = readErrors(value.errors);
  return read;
}

function readContact(contact: Json): ReceivedContact {
  const profile = isJson(contact.profile) ? contact.profile : {};
  return {
    waId: idOf(contact.wa_id),
    userId: idOf(contact.user_id),
    parentUserId: idOf(contact.parent_user_id),
    name: textOf(profile.name),
    username: textOf(profile.username)?.replace(/^@/, ''),
  };
}

function readMessage(raw: Json, path: string, reject: RejectPiece, messages: ReceivedMessage[]): void {
  const wamid = idOf(raw.id);
  const type = idOf(raw.type);
  const at = unixMs(raw.timestamp);
  const from = idOf(raw.from);
  const fromUserId = idOf(raw.from_user_id);
  if (wamid === undefined) return reject('no message id', `${path}.id`);
  if (type === undefined) return reject('no type', `${path}.type`);
  if (at === undefined) return reject('no timestamp', `${path}.timestamp`);
  // A system message about a changed user id names the person inside its content only.
  if (from === undefined && fromUserId === undefined && type !== 'system') return reject('no sender', `${path}.from`);
  const text = type === 'text' && isJson(raw.text) ? textOf(raw.text.body) : undefined;
  if (type === 'text' && text === undefined) return reject('no text', `${path}.text.body`);
  messages.push({
    wamid,
    type,
    at,
    from,
    fromUserId,
    fromParentUserId: idOf(raw.from_parent_user_id),
    groupId: idOf(raw.group_id),
    text,
    replyToWamid: isJson(raw.context) ? idOf(raw.context.id) : undefined,
    errors: readErrors(raw.errors),
    raw,
  });
}

function readStatus(raw: Json, path: string, reject: RejectPiece, statuses: ReceivedStatus[]): void {
  const wamid = idOf(raw.id);
  const at = unixMs(raw.timestamp);
  if (wamid === undefined) return reject('no message id', `${path}.id`);
  if (!isDeliveryStatus(raw.status)) return reject('unknown status', `${path}.status`);
  if (at === undefined) return reject('no timestamp', `${path}.timestamp`);
  const pricing = isJson(raw.pricing) ? raw.pricing : undefined;
  statuses.push({
    wamid,
    status: raw.status,
    at,
    recipientId: idOf(raw.recipient_id),
    recipientUserId: idOf(raw.recipient_user_id),
    opaque: textOf(raw.biz_opaque_callback_data),
    pricing: pricing && { category: textOf(pricing.category), type: textOf(pricing.type), model: textOf(pricing.pricing_model) },
    errors: readErrors(raw.errors),
  });
}

function isDeliveryStatus(status: unknown): status is DeliveryStatus {
  return typeof status === 'string' && STATUSES.has(status);
}

function readErrors(errors: unknown): ReceivedError[] {
  const read: ReceivedError[] = [];
  for (const error of listOf(errors)) {
    if (!isJson(error) || !Number.isSafeInteger(error.code)) continue;
    const data = isJson(error.error_data) ? error.error_data : {};
    const title = textOf(error.title) ?? textOf(error.message);
    read.push({ code: Number(error.code), title, details: textOf(data.details), transient: error.is_transient === true });
  }
  return read;
}
