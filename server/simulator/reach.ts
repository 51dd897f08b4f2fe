import type { SimulatedNumber, Tier } from './options.ts';

const DAY_MS = 24 * 3_600_000;
const MAX: Record<Tier, number> = {
  TIER_250: 250,
  TIER_2K: 2_000,
  TIER_10K: 10_000,
  TIER_100K: 100_000,
  TIER_UNLIMITED: Infinity,
};

/** Meta's messaging limit: unique people a portfolio writes to outside their windows in a moving 24 h. */
export class Reach {
  /** By portfolio: when each person was written to, oldest first. */
  readonly #people = new Map<string, Map<string, number>>();

  /** Counts a person; false when they would be one too many. */
  take(businessId: string, person: string, tier: Tier, now: number): boolean {
    const people = this.#recent(businessId, now);
    if (people.has(person)) return true;
    if (people.size >= MAX[tier]) return false;
    people.set(person, now);
    return true;
  }

  /** The message was not delivered: only delivered ones count. */
  release(businessId: string, person: string, at: number): void {
    const people = this.#people.get(businessId);
    if (people?.get(person) === at) people.delete(person);
  }

  used(businessId: string, now: number): number {
    return this.#recent(businessId, now).size;
  }

  #recent(businessId: string, now: number): Map<string, number> {
    let people = this.#people.get(businessId);
    if (!people) this.#people.set(businessId, (people = new Map()));
    for (const [person, at] of people) {
      if (at > now - DAY_MS) break;
      people.delete(person);
    }
    return people;
  }
}

/** Numbers that name no portfolio share one. */
export function portfolioOf(number: SimulatedNumber): string {
  return number.businessId ?? 'portfolio';
}
