import { Random } from './random.ts';

/** What goes wrong with a request that is valid in itself. */
export type Fault =
  /** Refused in the answer, with this code of Meta's; done all the same if so said, as may be with a 5xx. */
  | { kind: 'answer'; code: number; retryAfterSeconds?: number; isAccepted?: boolean }
  /** A send: accepted, then `failed` by webhook with this code. */
  | { kind: 'webhook'; code: number }
  /** A gateway answers instead of Meta, without a body: not accepted, unless so said. */
  | { kind: 'http'; status: number; retryAfterSeconds?: number; isAccepted?: boolean }
  /** The connection is reset before the request was read: not accepted. */
  | { kind: 'cut' }
  /** The connection is reset after the request was read: not accepted. */
  | { kind: 'reset' }
  /** Accepted, but the connection is reset before the answer. */
  | { kind: 'drop' }
  /** Accepted, but never answered: the connection stays open. */
  | { kind: 'hang' }
  /** Answered as usual, after so many milliseconds. */
  | { kind: 'delay'; ms: number }
  /** A send: the first status is posted, and taken, before the answer is given. */
  | { kind: 'status-first' }
  /** A send: accepted, then not one status. */
  | { kind: 'silent' }
  /** A template: held for a look at its quality, then sent, or dropped and failed with 132015. */
  | { kind: 'held'; isDropped?: boolean };

/** What the fault befalls: sends, uploads, look-ups of files, downloads, templates, a number's registration, or anything else that is asked or told. */
export const FAULT_PLACES = [
  'messages',
  'receipts',
  'media',
  'lookup',
  'download',
  'templates',
  'registration',
  'numbers',
] as const;
export type FaultPlace = (typeof FAULT_PLACES)[number];

/** The next so many requests, or a share of all; `next` goes first. `on` is `messages` unless given. */
export type FaultReach = ({ next: number } | { percent: number }) & { on?: FaultPlace };

const KINDS = new Set([
  'answer',
  'webhook',
  'http',
  'cut',
  'reset',
  'drop',
  'hang',
  'delay',
  'status-first',
  'silent',
  'held',
] satisfies Fault['kind'][]);

export interface Rule {
  fault: Fault;
  on: FaultPlace;
  next: number;
  percent: number;
}

export class Faults {
  #rules: Rule[] = [];
  readonly #randoms: Record<string, Random>;

  constructor(seed: number) {
    this.#randoms = Object.fromEntries(FAULT_PLACES.map((place) => [place, Random.of(seed, `faults of ${place}`)]));
  }

  add(fault: Fault, reach: FaultReach): void {
    const { on = 'messages' } = reach;
    this.#rules.push({ fault, on, next: 'next' in reach ? reach.next : 0, percent: 'percent' in reach ? reach.percent : 0 });
  }

  clear(): void {
    this.#rules = [];
  }

  get rules(): readonly Readonly<Rule>[] {
    return this.#rules;
  }

  /** The fault that befalls this request, if any; earlier rules first. Cuts are drawn before a request is read, all others after. */
  draw(on: FaultPlace, isUnread = false): Fault | undefined {
    for (const rule of this.#rules) {
      if (rule.on !== on || (rule.fault.kind === 'cut') !== isUnread) continue;
      if (rule.next > 0) {
        rule.next--;
        return rule.fault;
      }
      if (this.#randoms[on]?.chance(rule.percent)) return rule.fault;
    }
    return undefined;
  }
}

/** Reads a fault and its reach out of a control request; a sentence when it makes no sense. */
export function readFault(body: Record<string, unknown>): { fault: Fault; reach: FaultReach } | string {
  const { kind, code, status, next, percent, ms, on = 'messages' } = body;
  if (typeof kind !== 'string' || !(KINDS as Set<string>).has(kind)) return `kind must be one of ${[...KINDS].join(', ')}`;
  if ((kind === 'answer' || kind === 'webhook') && !Number.isInteger(code)) return 'code must be a number of Meta’s';
  if (kind === 'http' && !(Number.isInteger(status) && Number(status) >= 400 && Number(status) <= 599))
    return 'status must be 400 to 599';
  if (kind === 'delay' && !(typeof ms === 'number' && ms >= 0)) return 'ms must be a number of milliseconds';
  const place = FAULT_PLACES.find((one) => one === on);
  if (!place) return `on must be one of ${FAULT_PLACES.join(', ')}`;
  if (typeof next !== 'number' && typeof percent !== 'number') return 'next or percent must be a number';
  const reach = typeof next === 'number' ? { next, on: place } : { percent: Number(percent), on: place };
  return { fault: body as unknown as Fault, reach };
}
