import { FIELD_EXAMPLES } from './field-examples.ts';
import { statusError } from './meta-errors.ts';
import type { SimulatedNumber } from './options.ts';
import type { World } from './world.ts';

/** A webhook of any field. Without a value, Meta's example of that field. */
export interface Telling {
  /** One of the two. */
  phoneNumberId?: string;
  wabaId?: string;
  field: string;
  value?: Record<string, unknown>;
  /** Whom the example speaks of, as digits. */
  phone?: string;
}

// Values that concern messages carry no time.
const TIMELESS = /^(messages|user_|smb_|history|calls|message_echoes|standby|messaging_handovers)/;

/** Posts it. Throws RangeError for a number or account that does not exist, and for a field without a value or example. */
export function tell(world: World, { phoneNumberId, wabaId, field, value, phone = '4915550001' }: Telling): Promise<boolean> {
  const number = numberOf(world, phoneNumberId, wabaId);
  const seconds = Math.floor(world.now() / 1000);
  const example = Object.hasOwn(FIELD_EXAMPLES, field) ? FIELD_EXAMPLES[field] : undefined;
  const told = value ?? example?.(number, phone.replace(/\D/g, ''), seconds);
  if (!told) throw new RangeError(`There is no example of ${field}`);
  return world.webhooks.post({ wabaId: number.wabaId, field, value: told, ...(!TIMELESS.test(field) && { time: seconds }) });
}

/** A fault of the number itself, by field `messages`. */
export function tellError(world: World, phoneNumberId: string, code: number): Promise<boolean> {
  return world.webhooks.post({ number: numberOf(world, phoneNumberId, undefined), error: statusError(code) });
}

function numberOf(world: World, phoneNumberId: string | undefined, wabaId: string | undefined): SimulatedNumber {
  const number =
    phoneNumberId === undefined
      ? [...world.numbers.values()].find((one) => one.wabaId === wabaId)
      : world.numbers.get(phoneNumberId);
  if (!number) throw new RangeError('No such number or account');
  return number;
}
