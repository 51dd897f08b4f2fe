import type { AccountNotice } from './account-notice.ts';
import type { Content, ReceivedMedia } from './content.ts';
import { readNotices } from './read-account.ts';
import { readContent } from './read-content.ts';
import { type Json, idOf, isJson, objectOf, textOf, unixMs } from './read-json.ts';
import { readErrors, readStatus } from './read-status.ts';
import type { DeliveryStatus } from './wire.ts';

/** One change of a webhook body, checked: whatever is here has the type it claims, ids are 1–256 printable ASCII characters. */
export interface ReceivedChange {
  wabaId: string;
  /** `fields.ts` says which are read; any other change has nothing but this. */
  field: string;
  /** Unix milliseconds, in whole seconds; missing on `messages`. */
  at?: number;
  /** Our number at Meta. Missing only on fields other than `messages` and `smb_message_echoes`. */
  phoneNumberId?: string;
  displayPhone?: string;
  contacts: ReceivedContact[];
  messages: ReceivedMessage[];
  statuses: ReceivedStatus[];
  /** Faults Meta reports about the number itself. */
  errors: ReceivedError[];
  /** News about the account, its numbers and templates, and about people. */
  notices: AccountNotice[];
}

export interface ReceivedContact {
  waId?: string;
  userId?: string;
  parentUserId?: string;
  name?: string;
  /** Without a leading `@`. */
  username?: string;
  identityKeyHash?: string;
}

export interface ReceivedMessage {
  wamid: string;
  /** Meta's word for what it is. */
  type: string;
  /** Unix milliseconds by Meta's clock, in whole seconds; may lie in the future. */
  at: number;
  from?: string;
  fromUserId?: string;
  fromParentUserId?: string;
  groupId?: string;
  /** Of an edit: what stands there now. */
  content: Content;
  media?: ReceivedMedia;
  /** The wamid of the message this one answers. */
  replyToWamid?: string;
  /** The wamid of the message this reaction belongs to. */
  reactionTo?: string;
  /** The wamid of the message that this one changes. */
  edits?: string;
  /** The wamid of the message that this one takes back. */
  revokes?: string;
  /** Whom it was written to: one of us did, in the app on the phone of the number. At least one of `phone` and `userId` is there. */
  echoTo?: { phone?: string; userId?: string; parentUserId?: string };
  errors: ReceivedError[];
}

export interface ReceivedStatus {
  wamid: string;
  status: DeliveryStatus;
  /** Unix milliseconds by Meta's clock, in whole seconds. */
  at: number;
  /** Digits of a phone, or a group's id. */
  recipientId?: string;
  recipientUserId?: string;
  recipientParentUserId?: string;
  /** Told of a group as a whole, or of one of its people. */
  isGroup: boolean;
  participant?: { id?: string; userId?: string; parentUserId?: string };
  /** What the send carried as `biz_opaque_callback_data`. */
  opaque?: string;
  /** Comes with `sent` and with one of `delivered` and `read`: a cost is booked once per wamid. */
  pricing?: { category?: string; type?: string; model?: string; billable?: boolean };
  conversation?: { id?: string; origin?: string; expiresAt?: number };
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

export type RejectPiece = (reason: string, path: string) => void;

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
  const at = unixMs(entry.time);
  each(entry.changes, `${path}.changes`, reject, (change, changePath) => {
    const read = readChange({ wabaId, at }, change, changePath, reject);
    if (read) changes.push(read);
  });
}

type Place = Pick<ReceivedChange, 'wabaId' | 'at'>;

function readChange(place: Place, change: Json, path: string, reject: RejectPiece): ReceivedChange | undefined {
  const field = idOf(change.field);
  const value = change.value;
  if (field === undefined) return void reject('no field', `${path}.field`);
  if (!isJson(value)) return void reject('no value', `${path}.value`);
  const metadata = objectOf(value.metadata);
  const read: ReceivedChange = { ...place, field, contacts: [], messages: [], statuses: [], errors: [], notices: [] };
  read.phoneNumberId = idOf(metadata.phone_number_id);
  read.displayPhone = idOf(metadata.display_phone_number);
  const isEchoes = field === 'smb_message_echoes';
  if (field !== 'messages' && !isEchoes) {
    // Why a template was rejected may stand beside the value.
    const beside = isJson(change.rejection_info) ? { rejection_info: change.rejection_info, ...value } : value;
    const notices = readNotices(field, beside);
    if (notices?.length === 0) reject('unreadable notice', `${path}.value`);
    read.notices = notices ?? [];
    return read;
  }
  if (read.phoneNumberId === undefined) return void reject('no phone number id', `${path}.value.metadata.phone_number_id`);
  readMessages(read, value, isEchoes, `${path}.value`, reject);
  return read;
}

function readMessages(read: ReceivedChange, value: Json, isEchoes: boolean, at: string, reject: RejectPiece): void {
  const key = isEchoes ? 'message_echoes' : 'messages';
  each(value.contacts, `${at}.contacts`, reject, (contact) => read.contacts.push(readContact(contact)));
  each(value[key], `${at}.${key}`, reject, (message, where) => readMessage(message, where, isEchoes, reject, read.messages));
  each(value.statuses, `${at}.statuses`, reject, (status, where) => {
    const known = readStatus(status, where, reject);
    if (known) read.statuses.push(known);
  });
  read.errors = readErrors(value.errors);
}

function readContact(contact: Json): ReceivedContact {
  const profile = objectOf(contact.profile);
  return {
    waId: idOf(contact.wa_id),
    userId: idOf(contact.user_id),
    parentUserId: idOf(contact.parent_user_id),
    name: textOf(profile.name),
    username: textOf(profile.username)?.replace(/^@/, ''),
    identityKeyHash: idOf(contact.identity_key_hash),
  };
}

function readMessage(raw: Json, path: string, isEcho: boolean, reject: RejectPiece, messages: ReceivedMessage[]): void {
  const wamid = idOf(raw.id);
  const type = idOf(raw.type);
  const at = unixMs(raw.timestamp);
  const from = idOf(raw.from);
  const fromUserId = idOf(raw.from_user_id);
  const echoTo = isEcho ? readRecipient(raw) : undefined;
  if (wamid === undefined) return reject('no message id', `${path}.id`);
  if (type === undefined) return reject('no type', `${path}.type`);
  if (at === undefined) return reject('no timestamp', `${path}.timestamp`);
  if (isEcho && !echoTo) return reject('no recipient', `${path}.to`);
  // A system message about a changed user id names the person inside its content only.
  if (!isEcho && from === undefined && fromUserId === undefined && type !== 'system') return reject('no sender', `${path}.from`);
  const read = readContent(type, raw);
  // Only a type that we know has no content here, so the path gives nothing of the body away.
  if (!read) return type === 'text' ? reject('no text', `${path}.text.body`) : reject('no content', `${path}.${type}`);
  const message: ReceivedMessage = {
    wamid,
    type,
    at,
    from,
    fromUserId,
    fromParentUserId: idOf(raw.from_parent_user_id),
    groupId: idOf(raw.group_id),
    content: read.content,
    media: read.media,
    replyToWamid: isJson(raw.context) ? idOf(raw.context.id) : undefined,
    echoTo,
    errors: raw.errors === undefined ? [] : readErrors(raw.errors),
  };
  if (aim(message, raw)) messages.push(message);
  else reject('no message it belongs to', `${path}.${type}`);
}

function readRecipient(raw: Json): ReceivedMessage['echoTo'] {
  const phone = idOf(raw.to);
  const userId = idOf(raw.to_user_id);
  if (phone === undefined && userId === undefined) return undefined;
  return { phone, userId, parentUserId: idOf(raw.to_parent_user_id) };
}

/** Gives reactions, edits and revocations the message they belong to; false when they name none. */
function aim(message: ReceivedMessage, raw: Json): boolean {
  switch (message.type) {
    case 'reaction':
      return (message.reactionTo = idOf(objectOf(raw.reaction).message_id)) !== undefined;
    case 'edit':
      return (message.edits = idOf(objectOf(raw.edit).original_message_id)) !== undefined;
    case 'revoke':
      return (message.revokes = idOf(objectOf(raw.revoke).original_message_id)) !== undefined;
    default:
      return true;
  }
}
