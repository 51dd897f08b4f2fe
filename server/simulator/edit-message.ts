import type { WireMessage } from '../src/whatsapp/wire.ts';
import type { Customer } from './react-to-message.ts';
import { frameOf, personOf, postInbound } from './write-message.ts';
import type { World } from './world.ts';

/** A customer changes the text or caption of a message. Throws RangeError for a message this chat does not hold. */
export function editMessage(
  world: World,
  { messageId, text, ...customer }: Customer & { messageId: string; text: string },
): string {
  const { person, message } = ownMessage(world, customer, messageId);
  message.text = text;
  message.isEdited = true;
  const { type = 'text' } = message;
  const content = type === 'text' ? { body: text } : { ...(message.content as object), caption: text };
  if (type !== 'text') message.content = content;
  const edit = { original_message_id: messageId, message: { context: { id: 'M0' }, type, [type]: content } };
  return tell(world, person, 'edit', edit);
}

/** A customer takes a message back. Throws RangeError for a message this chat does not hold. */
export function revokeMessage(world: World, { messageId, ...customer }: Customer & { messageId: string }): string {
  const { person, message } = ownMessage(world, customer, messageId);
  message.isRevoked = true;
  return tell(world, person, 'revoke', { original_message_id: messageId });
}

function ownMessage(world: World, customer: Customer, id: string) {
  const person = personOf(world, customer);
  const message = world.chats.of(customer.phoneNumberId, person.waId).find(id);
  if (message?.from !== 'customer') throw new RangeError('The customer has not written such a message');
  return { person, message };
}

function tell(world: World, person: ReturnType<typeof personOf>, type: string, content: object): string {
  const message: WireMessage = { ...frameOf(person, world.now()), type, [type]: content };
  postInbound(world, person, message);
  return message.id;
}
