import type { WireContents, WireMessage, WireReferral } from '../src/whatsapp/wire.ts';
import { type ChatMessage, newWamid } from './chats.ts';
import { type WrittenContent, contentOf } from './content-of-write.ts';
import { contactOf } from './journey.ts';
import type { Media } from './media.ts';
import { statusError } from './meta-errors.ts';
import type { Person } from './people.ts';
import type { SampleName } from './samples.ts';
import type { World } from './world.ts';

/** A file a customer sends: one of the built-in samples, or bytes. */
export interface CustomerFile {
  sample?: SampleName;
  /** Raw, or as base64. */
  bytes?: Buffer | string;
  mimeType?: string;
  fileName?: string;
  /** One that is here already. */
  kept?: Media;
}

/** What a customer writes to one of the numbers: a text, a file, or any `type` with its `content` as on the wire. */
export interface CustomerMessage {
  /** Either this or `userId`, of one who hides the phone; both when the webhook shall carry both. */
  phone?: string;
  userId?: string;
  phoneNumberId: string;
  /** Kept for later messages too, as are the ids. */
  name?: string;
  username?: string;
  parentUserId?: string;
  /** The text; of a file the caption. */
  text?: string;
  type?: keyof WireContents | (string & {});
  content?: unknown;
  media?: CustomerFile;
  replyToId?: string;
  forwarded?: 'once' | 'often';
  /** The advertisement that brought the customer: opens a free entry point. */
  referral?: WireReferral;
  /** A question about a product; with `replyToId`. */
  product?: { catalog_id: string; product_retailer_id: string };
  /** What went wrong on Meta's side, such as 131052 for a file that is too large. */
  errorCode?: number;
}

// These say something of other messages; `control.react` and its like also change the chat.
const UNSHOWN = new Set<string>(['reaction', 'edit', 'revoke', 'system']);

/** Lets a customer write, and gives the message's wamid; the webhook follows. Throws RangeError for a number that does not exist. */
export function writeMessage(world: World, write: CustomerMessage): string {
  const person = personOf(world, write);
  const at = world.now();
  const { type, content, text, mediaId } = contentOf(world, person, write);
  const message = { ...frameOf(person, at), type, [type]: content, ...tailOf(person, write) } as WireMessage;
  if (type === 'unsupported') {
    const title = 'Message type unknown';
    message.errors = [
      { code: 131051, title, message: title, error_data: { details: 'Message type is currently not supported.' } },
    ];
  } else if (write.errorCode !== undefined) message.errors = [statusError(write.errorCode)];
  const chat = world.chats.of(write.phoneNumberId, person.waId);
  if (write.referral) chat.referredAt = at;
  if (UNSHOWN.has(type)) chat.lastFromCustomer = at;
  else world.chats.addInbound(write.phoneNumberId, chat, entryOf(message.id, at, write, { type, content, text, mediaId }));
  postInbound(world, person, message);
  return message.id;
}

function entryOf(id: string, at: number, write: CustomerMessage, { type, content, text, mediaId }: WrittenContent): ChatMessage {
  const entry: ChatMessage = { id, from: 'customer', text, at };
  if (type !== 'text') Object.assign(entry, { type, content });
  if (mediaId !== undefined) entry.mediaId = mediaId;
  if (write.replyToId !== undefined) entry.replyToId = write.replyToId;
  if (write.forwarded) entry.forwarded = write.forwarded;
  return entry;
}

/** The person who writes, made known if they are not yet. */
export function personOf(world: World, { phone, userId, phoneNumberId, name, username, parentUserId }: CustomerMessage): Person {
  const who = phone ?? userId;
  if (who === undefined) throw new RangeError('phone or userId is needed');
  const known = phone === undefined ? world.people.findByUserId(phoneNumberId, who) : undefined;
  return world.people.meet(phoneNumberId, known?.waId ?? who, { name, userId, username, parentUserId });
}

/** What every message of a customer begins with. */
export function frameOf(person: Person, at: number): Pick<WireMessage, 'from' | 'from_user_id' | 'id' | 'timestamp'> {
  return {
    ...(person.waId !== person.userId && { from: person.waId }),
    ...(person.userId && { from_user_id: person.userId }),
    ...(person.parentUserId && { from_parent_user_id: person.parentUserId }),
    id: newWamid(),
    timestamp: String(Math.floor(at / 1000)),
  };
}

function tailOf({ number }: Person, { replyToId, forwarded, referral, product }: CustomerMessage): Partial<WireMessage> {
  const from = number.displayPhone.replace(/\D/g, '');
  const reply = replyToId && { from, id: replyToId, ...(product && { referred_product: product }) };
  const context = forwarded ? (forwarded === 'often' ? { frequently_forwarded: true } : { forwarded: true }) : reply;
  return { ...(context && { context }), ...(referral && { referral }) } as Partial<WireMessage>;
}

/** Posts what a customer did, unless the business has blocked them. System messages come without contacts. */
export function postInbound(world: World, person: Person, message: WireMessage, withContact = true): void {
  const { number } = person;
  const { phoneNumberId } = number;
  person.lastAt = world.now();
  const state = world.states.get(phoneNumberId);
  if (state?.blocked.has(person.waId) || state?.blocked.has(person.userId ?? '')) return;
  if (state && world.settings.countInbound) world.rates.takeInbound(phoneNumberId, world.now());
  void world.webhooks.post({ number, message, ...(withContact && { contact: contactOf(person) }) });
}
