import type { WireMessage } from '../src/whatsapp/wire.ts';
import type { Chat } from './chats.ts';
import { frameOf, personOf, postInbound } from './write-message.ts';
import type { World } from './world.ts';

/** Which customer of which number does something. */
export interface Customer {
  phoneNumberId: string;
  /** One of the two. */
  phone?: string;
  userId?: string;
}

/** A customer's emoji on a message; null takes it back. Gives the wamid of the reaction. */
export function reactToMessage(
  world: World,
  { messageId, emoji, ...customer }: Customer & { messageId: string; emoji: string | null },
): string {
  const person = personOf(world, customer);
  const chat = world.chats.of(customer.phoneNumberId, person.waId);
  setReaction(chat, messageId, 'customer', emoji ?? '');
  const at = world.now();
  chat.lastFromCustomer = at;
  // A reaction that is taken back has no emoji at all.
  const reaction = { message_id: messageId, ...(emoji && { emoji }) };
  const message: WireMessage = { ...frameOf(person, at), type: 'reaction', reaction };
  postInbound(world, person, message);
  return message.id;
}

/** One emoji for each side; an empty one takes it back. */
export function setReaction(chat: Chat, messageId: string, from: 'customer' | 'business', emoji: string): void {
  const target = chat.find(messageId);
  if (!target) return;
  const others = (target.reactions ?? []).filter((reaction) => reaction.from !== from);
  target.reactions = emoji === '' ? others : [...others, { from, emoji }];
}
