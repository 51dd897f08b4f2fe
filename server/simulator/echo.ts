import { metadataOf } from './change-identity.ts';
import { newWamid } from './chats.ts';
import { contentOf } from './content-of-write.ts';
import { contactOf } from './journey.ts';
import { type CustomerMessage, personOf } from './write-message.ts';
import type { World } from './world.ts';

/** The business writes from its phone, where it shares the number with the WhatsApp Business app: the product hears an echo. */
export function echo(world: World, write: CustomerMessage): string {
  const person = personOf(world, write);
  const { number, waId, userId, parentUserId } = person;
  const at = world.now();
  const { type, content, text, mediaId } = contentOf(world, person, write);
  const id = newWamid();
  const from = number.displayPhone.replace(/\D/g, '');
  const message = {
    from,
    ...(waId !== userId && { to: waId }),
    ...(userId && { to_user_id: userId }),
    ...(parentUserId && { to_parent_user_id: parentUserId }),
    id,
    timestamp: String(Math.floor(at / 1000)),
    type,
    [type]: content,
    ...(write.replyToId && { context: { from, id: write.replyToId } }),
  };
  const shown = type === 'text' ? {} : { type, content, ...(mediaId !== undefined && { mediaId }) };
  world.chats.of(write.phoneNumberId, waId).add({ id, from: 'business', text, at, status: 'sent', ...shown });
  const value = { ...metadataOf(number), contacts: [contactOf(person)], message_echoes: [message] };
  void world.webhooks.post({ wabaId: number.wabaId, field: 'smb_message_echoes', value });
  return id;
}
