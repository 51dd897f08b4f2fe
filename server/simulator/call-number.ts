import type { Customer } from './react-to-message.ts';
import { tell } from './tell.ts';
import { personOf } from './write-message.ts';
import type { World } from './world.ts';

/** A customer calls: this too opens the window for 24 h. */
export function callNumber(world: World, customer: Customer): void {
  const person = personOf(world, customer);
  world.chats.of(customer.phoneNumberId, person.waId).lastFromCustomer = world.now();
  void tell(world, { phoneNumberId: customer.phoneNumberId, field: 'calls', phone: person.waId });
}
