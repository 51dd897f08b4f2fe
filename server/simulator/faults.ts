import type { Random } from './random.ts';

/** What goes wrong with a send that is valid in itself. */
export type Fault =
  /** Refused in the answer, with this code of Meta's. */
  | { kind: 'answer'; code: number; retryAfterSeconds?: number }
  /** Accepted, then `failed` by webhook with this code. */
  | { kind: 'webhook'; code: number }
  /** A gateway answers instead of Meta, without a body: not accepted. */
  | { kind: 'http'; status: number; retryAfterSeconds?: number }
  /** The connection is reset after the request was read: not accepted. */
  | { kind: 'reset' }
  /** Accepted, but the connection is reset before the answer. */
  | { kind: 'drop' }
  /** Accepted, but never answered: the connection stays open. */
  | { kind: 'hang' }
  /** The first status is posted, and taken, before the answer is given. */
  | { kind: 'status-first' }
  /** Accepted, then not one status. */
  | { kind: 'silent' };

/** The next so many sends, or a share of all; `next` goes first. */
export type FaultReach = { next: number } | { percent: number };

const KINDS = new Set(['answer', 'webhook', 'http', 'reset', 'drop', 'hang', 'status-first', 'silent']);

export class Faults {
  #rules: { fault: Fault; next: number; percent: number }[] = [];
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  add(fault: Fault, reach: FaultReach): void {
    this.#rules.push({ fault, next: 'next' in reach ? reach.next : 0, percent: 'percent' in reach ? reach.percent : 0 });
  }

  clear(): void {
    this.#rules = [];
  }

  /** The fault that befalls this send, if any; earlier rules first. */
  draw(): Fault | undefined {
    for (const rule of this.#rules) {
      if (rule.next > 0) {
        rule.next--;
        return rule.fault;
      }
      if (this.#random.chance(rule.percent)) return rule.fault;
    }
    return undefined;
  }
}

/** Reads a fault and its reach out of a control request; a sentence when it makes no sense. */
export function readFault(body: Record<string, unknown>): { fault: Fault; reach: FaultReach } | string {
  const { kind, code, status, next, percent } = body;
  if (typeof kind !== 'string' || !KINDS.has(kind)) return `kind must be one of ${[...KINDS].join(', ')}`;
  if ((kind === 'answer' || kind === 'webhook') && !Number.isInteger(code)) return 'code must be a number of Meta’s';
  if (kind === 'http' && !(Number.isInteger(status) && Number(status) >= 400 && Number(status) <= 599))
    return 'status must be 400 to 599';
  if (typeof next !== 'number' && typeof percent !== 'number') return 'next or percent must be a number';
  const reach = typeof next === 'number' ? { next } : { percent: Number(percent) };
  return { fault: body as unknown as Fault, reach };
}
