import type { SimulatedNumber } from './options.ts';

/** What is wrong with a token: it ended, it may not send, it may not manage. */
export type TokenFault = 'expired' | 'no-messaging' | 'no-management';

/** Who may use what. A token is good for the numbers it belongs to, and for their accounts. */
export class Tokens {
  readonly #numbers = new Map<string, SimulatedNumber[]>();
  readonly #faults = new Map<string, TokenFault>();

  give(number: SimulatedNumber): void {
    const numbers = this.#numbers.get(number.token) ?? [];
    this.#numbers.set(number.token, [...numbers.filter(({ phoneNumberId }) => phoneNumberId !== number.phoneNumberId), number]);
  }

  take(number: SimulatedNumber): void {
    const left = (this.#numbers.get(number.token) ?? []).filter(({ phoneNumberId }) => phoneNumberId !== number.phoneNumberId);
    if (left.length > 0) this.#numbers.set(number.token, left);
    else this.#numbers.delete(number.token);
  }

  set(token: string, fault: TokenFault | null): void {
    if (fault) this.#faults.set(token, fault);
    else this.#faults.delete(token);
  }

  /** The code this token is refused with for such a call, or null: 190, 10 or 200. */
  fault(token: string | undefined, scope: 'messaging' | 'management'): 190 | 10 | 200 | null {
    if (token === undefined || !this.#numbers.has(token)) return 190;
    if (this.#faults.size === 0) return null;
    const fault = this.#faults.get(token);
    if (fault === 'expired') return 190;
    if (fault === 'no-messaging' && scope === 'messaging') return 10;
    return fault === 'no-management' && scope === 'management' ? 200 : null;
  }

  owns(token: string, wabaId: string): boolean {
    return this.#numbers.get(token)?.some((number) => number.wabaId === wabaId) ?? false;
  }

  numbers(token: string): readonly SimulatedNumber[] {
    return this.#numbers.get(token) ?? [];
  }
}
