import type { WireTextMessage } from '../src/whatsapp/wire.ts';
import { newWamid } from './chats.ts';
import { contactOf } from './follow-message.ts';
import type { World } from './world.ts';

/** What a customer writes to one of the numbers. */
export interface CustomerMessage {
  phone: string;
  phoneNumberId: string;
  /** Kept for later messages too. */
  name?: string;
  text: string;
  replyToId?: string;
  userId?: string;
}

/** Lets a customer write, and gives the message's wamid; the webhook follows. Throws RangeError for a number that does not exist. */
export function writeMessage(world: World, { phone, phoneNumberId, name, text, replyToId, userId }: CustomerMessage): string {
  const person = world.people.meet(phoneNumberId, phone, { name, userId });
  const { number } = person;
  const at = world.now();
  const message: WireTextMessage = {
    from: person.waId,
    ...(person.userId && { from_user_id: person.userId }),
    id: newWamid(),
    timestamp: String(Math.floor(at / 1000)),
    type: 'text',
    text: { body: text },
    ...(replyToId && { context: { from: number.displayPhone.replace(/\D/g, ''), id: replyToId } }),
  };
  world.chats.of(phoneNumberId, person.waId).add({ id: message.id, from: 'customer', text, at });
  person.lastAt = at;
  void world.webhooks.post({ number, contact: contactOf(person), message });
  return message.id;
}
