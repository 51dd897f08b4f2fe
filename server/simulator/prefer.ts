import { metadataOf } from './change-identity.ts';
import { contactOf } from './journey.ts';
import type { Customer } from './react-to-message.ts';
import { personOf } from './write-message.ts';
import type { World } from './world.ts';

/** A customer stops or resumes marketing messages: templates of that category fail with 131050 meanwhile. */
export function preferMarketing(world: World, { value, ...customer }: Customer & { value: 'stop' | 'resume' }): void {
  const person = personOf(world, customer);
  person.stopsMarketing = value === 'stop';
  const { number, waId, userId, parentUserId } = person;
  const preference = {
    ...(waId !== userId && { wa_id: waId }),
    ...(userId && { user_id: userId }),
    ...(parentUserId && { parent_user_id: parentUserId }),
    detail: `User requested to ${value} marketing messages`,
    category: 'marketing_messages',
    value,
    timestamp: Math.floor(world.now() / 1000),
  };
  const told = { ...metadataOf(number), contacts: [contactOf(person)], user_preferences: [preference] };
  void world.webhooks.post({ wabaId: number.wabaId, field: 'user_preferences', value: told });
}
