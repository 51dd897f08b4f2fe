import type { DeliveryStatus, WireContact, WirePricing, WireStatus } from '../src/whatsapp/wire.ts';
import type { Chat, ChatMessage } from './chats.ts';
import { statusError } from './meta-errors.ts';
import { type Person, identityHashOf } from './people.ts';
import { conversationOf } from './pricing.ts';
import type { Random } from './random.ts';
import type { AcceptedSend, World } from './world.ts';

/** One accepted message on its way to the customer. */
export interface Journey {
  send: AcceptedSend;
  person: Person;
  chat: Chat;
  entry: ChatMessage;
  /** When the business wrote to this customer before. */
  previousAt: number;
  pricing: WirePricing;
  /** Of the API the request came by; webhooks differ. */
  version: number;
  /** The code it fails with. */
  failsWith?: number;
  /** `sent` was posted already. */
  isSentPosted?: boolean;
  /** Held for a look at its quality, then sent or dropped. */
  isHeld?: 'sent' | 'dropped';
  /** `delivered` never comes: `read` carries the price. */
  isReadAtOnce?: boolean;
  /** What is drawn for this message alone. */
  random: Random;
}

/** How far each gets the message; a failure is known after `sent`, and `delivered` refutes it. */
const STEPS = ['accepted', 'sent', 'failed', 'delivered', 'read', 'played'];

/** Posts one status; true once the business has taken it. */
export function postStatus(world: World, journey: Journey, status: DeliveryStatus, code?: number): Promise<boolean> {
  const { send, person, entry } = journey;
  const wire: WireStatus = { id: send.id, status, timestamp: String(Math.floor(world.now() / 1000)) };
  if (send.to !== person.userId) wire.recipient_id = person.waId;
  if (person.userId) wire.recipient_user_id = person.userId;
  if (person.parentUserId) wire.recipient_parent_user_id = person.parentUserId;
  if (send.opaque !== undefined) wire.biz_opaque_callback_data = send.opaque;
  if (status === 'sent' || status === (journey.isReadAtOnce ? 'read' : 'delivered')) price(wire, journey);
  if (code !== undefined) wire.errors = [statusError(code)];
  if (code !== undefined) entry.failedWith = code;
  // They may be posted in any order.
  if (STEPS.indexOf(status) > STEPS.indexOf(entry.status ?? 'accepted')) entry.status = status;
  const { number } = person;
  if (status === 'failed') return world.webhooks.post({ number, status: wire });
  return world.webhooks.post({ number, status: wire, contact: contactOf(person, status !== 'sent') });
}

function price(wire: WireStatus, { send, pricing, chat, version }: Journey): void {
  wire.pricing = pricing;
  const conversation = conversationOf(send.id, pricing, version, send.at, chat.freeUntil);
  if (!conversation) return;
  if (wire.status !== 'sent') delete conversation.expiration_timestamp;
  wire.conversation = conversation;
}

/** How webhooks introduce a person; one known by user id alone has no `wa_id`. */
export function contactOf(person: Person, withUsername = true): WireContact {
  const { name, waId, userId, parentUserId, username, number } = person;
  return {
    profile: { name, ...(username && withUsername && { username }) },
    ...(waId !== userId && { wa_id: waId }),
    ...(userId && { user_id: userId }),
    ...(parentUserId && { parent_user_id: parentUserId }),
    ...(number.checksIdentity && { identity_key_hash: identityHashOf(person) }),
  };
}
