import type { Locale, SimulatedCustomer, SimulatedNumber } from './options.ts';

const PEOPLE_KEPT = 5_000;

/** Someone with a phone who has to do with one of our numbers. */
export interface Person {
  /** Digits only, as Meta names them. */
  waId: string;
  name: string;
  number: SimulatedNumber;
  userId?: string;
  /** Set for those who write by themselves. */
  locale?: Locale;
  /** Unix ms of the last message either way. */
  lastAt?: number;
}

/** Everyone known here, by number and phone. */
export class People {
  readonly #people = new Map<string, Person>();
  readonly #numbers: ReadonlyMap<string, SimulatedNumber>;

  constructor(numbers: ReadonlyMap<string, SimulatedNumber>, customers: readonly SimulatedCustomer[]) {
    this.#numbers = numbers;
    for (const { phone, name, phoneNumberId, locale, userId } of customers)
      this.meet(phoneNumberId, phone, { name, locale, userId });
  }

  /** The person, made known if they are not yet. Throws for a number that does not exist here. */
  meet(phoneNumberId: string, phone: string, about: { name?: string; locale?: Locale; userId?: string } = {}): Person {
    const number = this.#numbers.get(phoneNumberId);
    if (!number) throw new RangeError(`No number ${phoneNumberId}`);
    const waId = phone.replace(/\D/g, '');
    const key = `${phoneNumberId} ${waId}`;
    let person = this.#people.get(key);
    if (!person) {
      const first = this.#people.keys().next();
      if (this.#people.size >= PEOPLE_KEPT && !first.done) this.#people.delete(first.value);
      this.#people.set(key, (person = { waId, number, name: about.name ?? `+${waId}` }));
    }
    if (about.name) person.name = about.name;
    if (about.locale) person.locale = about.locale;
    if (about.userId) person.userId = about.userId;
    return person;
  }

  find(phoneNumberId: string, waId: string): Person | undefined {
    return this.#people.get(`${phoneNumberId} ${waId}`);
  }

  findByUserId(phoneNumberId: string, userId: string): Person | undefined {
    for (const person of this.#people.values())
      if (person.userId === userId && person.number.phoneNumberId === phoneNumberId) return person;
    return undefined;
  }

  /** Those who were heard of last come first. */
  all(): Person[] {
    return [...this.#people.values()].sort((one, other) => (other.lastAt ?? 0) - (one.lastAt ?? 0));
  }
}
