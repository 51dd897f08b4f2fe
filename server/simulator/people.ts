import { createHash } from 'node:crypto';
import type { Locale, SimulatedCustomer, SimulatedNumber } from './options.ts';

const PEOPLE_KEPT = 5_000;
const USER_ID = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/;

/** Someone who has to do with one of our numbers. */
export interface Person {
  /** The phone as digits only, as Meta names people; of one who hides the phone, the user id. */
  waId: string;
  name: string;
  number: SimulatedNumber;
  userId?: string;
  parentUserId?: string;
  username?: string;
  /** Set for those who write by themselves. */
  locale?: Locale;
  /** Unix ms of the last message either way. */
  lastAt?: number;
  /** Marketing templates fail with 131050. */
  stopsMarketing?: boolean;
  /** Marketing templates fail with 131049. */
  isCapped?: boolean;
  /** Everything fails with 131026. */
  isUnreachable?: boolean;
  /** The hash of their key, when it is another than their phone would have: they have a new phone, or WhatsApp anew. */
  identityHash?: string;
}

export interface About {
  name?: string;
  locale?: Locale;
  userId?: string;
  parentUserId?: string;
  username?: string;
}

/** Everyone known here, by number and phone or user id. */
export class People {
  readonly #people = new Map<string, Person>();
  readonly #byUserId = new Map<string, Person>();
  readonly #anywhere = new Map<string, Person>();
  readonly #numbers: ReadonlyMap<string, SimulatedNumber>;

  constructor(numbers: ReadonlyMap<string, SimulatedNumber>, customers: readonly SimulatedCustomer[]) {
    this.#numbers = numbers;
    for (const { phone, phoneNumberId, hidesPhone, ...about } of customers)
      this.meet(phoneNumberId, hidesPhone && about.userId ? about.userId : phone, about);
  }

  /** The person, by phone or user id, made known if they are not yet. Throws for a number that does not exist here. */
  meet(phoneNumberId: string, phone: string, about: About = {}): Person {
    const number = this.#numbers.get(phoneNumberId);
    if (!number) throw new RangeError(`No number ${phoneNumberId}`);
    const waId = keyOf(phone);
    const key = `${phoneNumberId} ${waId}`;
    let person = this.#people.get(key);
    if (!person) {
      const first = this.#people.entries().next();
      if (this.#people.size >= PEOPLE_KEPT && !first.done) this.#forget(...first.value);
      person = { waId, number, name: about.name ?? about.username ?? (isUserId(waId) ? waId : `+${waId}`) };
      this.#people.set(key, person);
      if (isUserId(waId)) this.#know(person, waId);
    }
    if (about.name) person.name = about.name;
    if (about.locale) person.locale = about.locale;
    if (about.userId) this.#know(person, about.userId);
    if (about.parentUserId) person.parentUserId = about.parentUserId;
    if (about.username) person.username = about.username;
    return person;
  }

  find(phoneNumberId: string, phone: string): Person | undefined {
    return this.#people.get(`${phoneNumberId} ${keyOf(phone)}`);
  }

  findByUserId(phoneNumberId: string, userId: string): Person | undefined {
    return this.#byUserId.get(`${phoneNumberId} ${userId}`);
  }

  /** Whom this user id stands for at any number. */
  findAnywhere(userId: string): Person | undefined {
    return this.#anywhere.get(userId);
  }

  /** The person has another phone, another user id, or both; `phone` null hides the phone from now on. */
  change(person: Person, { phone, userId }: { phone?: string | null; userId?: string }): void {
    const { phoneNumberId } = person.number;
    this.#forget(`${phoneNumberId} ${person.waId}`, person);
    if (userId) this.#know(person, userId);
    else if (person.userId) this.#know(person, person.userId);
    if (phone) person.waId = keyOf(phone);
    else if ((phone === null || isUserId(person.waId)) && person.userId) person.waId = person.userId;
    this.#people.set(`${phoneNumberId} ${person.waId}`, person);
  }

  /** Those who were heard of last come first. */
  all(): Person[] {
    return [...this.#people.values()].sort((one, other) => (other.lastAt ?? 0) - (one.lastAt ?? 0));
  }

  #know(person: Person, userId: string): void {
    const { phoneNumberId } = person.number;
    if (person.userId && person.userId !== userId) this.#byUserId.delete(`${phoneNumberId} ${person.userId}`);
    person.userId = userId;
    this.#byUserId.set(`${phoneNumberId} ${userId}`, person);
    this.#anywhere.set(userId, person);
  }

  #forget(key: string, person: Person): void {
    this.#people.delete(key);
    if (!person.userId) return;
    this.#byUserId.delete(`${person.number.phoneNumberId} ${person.userId}`);
    if (this.#anywhere.get(person.userId) === person) this.#anywhere.delete(person.userId);
  }
}

/** The hash of a person's key, as webhooks carry it and sends may demand it. */
export function identityHashOf({ waId, identityHash }: Person): string {
  return identityHash ?? createHash('sha256').update(waId).digest('base64').slice(0, 12);
}

/** Whether this is a business-scoped user id rather than a phone number. */
export function isUserId(value: string): boolean {
  return USER_ID.test(value);
}

/** How people are told apart: a user id as it is, a phone by its digits. */
export function keyOf(phone: string): string {
  return isUserId(phone) ? phone : phone.replace(/\D/g, '');
}
