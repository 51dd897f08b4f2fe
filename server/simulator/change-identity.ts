import type { WireMessage, WireSystem } from '../src/whatsapp/wire.ts';
import { contactOf } from './journey.ts';
import type { Person } from './people.ts';
import type { Customer } from './react-to-message.ts';
import { frameOf, personOf, postInbound } from './write-message.ts';
import type { World } from './world.ts';

export interface IdentityChange {
  newPhone?: string;
  newUserId?: string;
  newParentUserId?: string;
  /** By the field `user_id_update`, as some providers still forward it. */
  isLegacy?: boolean;
}

/** A customer has a new phone or user id. Chat and name stay; the business hears of it by a system message without contacts. */
export function changeIdentity(
  world: World,
  { newPhone, newUserId, newParentUserId, isLegacy, ...customer }: Customer & IdentityChange,
): string {
  if (newPhone === undefined && newUserId === undefined) throw new RangeError('newPhone or newUserId is needed');
  const person = personOf(world, customer);
  const { waId, userId, parentUserId } = person;
  const at = world.now();
  const frame = frameOf(person, at);
  world.people.change(person, { phone: newPhone, userId: newUserId });
  if (newParentUserId) person.parentUserId = newParentUserId;
  world.chats.move(customer.phoneNumberId, waId, person.waId);
  if (isLegacy) return tellLegacy(world, person, { userId, parentUserId });
  const isNumber = newPhone !== undefined;
  const system: WireSystem = {
    type: isNumber ? 'user_changed_number' : 'user_changed_user_id',
    body: isNumber ? `User ${person.name} changed from ${waId} to ${person.waId}` : `User ${person.name} changed their user id`,
    ...(isNumber && { wa_id: person.waId }),
    ...(person.userId && { user_id: person.userId }),
    ...(person.parentUserId && { parent_user_id: person.parentUserId }),
    ...(userId && newUserId && { previous_user_id: userId }),
    ...(parentUserId && newParentUserId && { previous_parent_user_id: parentUserId }),
  };
  const { from, ...others } = frame;
  const message: WireMessage = { ...(isNumber && from && { from }), ...others, type: 'system', system };
  postInbound(world, person, message, false);
  return message.id;
}

function tellLegacy(world: World, person: Person, previous: { userId?: string; parentUserId?: string }): string {
  const { number, userId, parentUserId, waId } = person;
  const update = {
    ...(waId !== userId && { wa_id: waId }),
    detail: 'User id changed',
    user_id: { previous: previous.userId, current: userId },
    ...(parentUserId && { parent_user_id: { previous: previous.parentUserId, current: parentUserId } }),
    timestamp: String(Math.floor(world.now() / 1000)),
  };
  const value = { ...metadataOf(number), contacts: [contactOf(person)], user_id_update: [update] };
  void world.webhooks.post({ wabaId: number.wabaId, field: 'user_id_update', value });
  return '';
}

/** How values that concern one number begin. */
export function metadataOf({ displayPhone, phoneNumberId }: { displayPhone: string; phoneNumberId: string }) {
  const metadata = { display_phone_number: displayPhone.replace(/\D/g, ''), phone_number_id: phoneNumberId };
  return { messaging_product: 'whatsapp', metadata };
}
