import { NumberPace } from './number-pace.ts';
import { PairPace } from './pair-pace.ts';
import { Recent } from './recent.ts';

export interface PacingOptions {
  /** Messages a second and number. Default 80, Meta's for a number that was not upgraded. */
  perSecond?: number;
  /** Default 6,000 ms between messages to one customer … */
  pairIntervalMs?: number;
  /** … after a burst of this many. Default 45. */
  pairBurst?: number;
  /** Pairs remembered; a forgotten one starts afresh, and Meta corrects us with 131056. Default 100,000. */
  maxPairs?: number;
  /** Numbers remembered. Default 10,000. */
  maxNumbers?: number;
}

const PAUSE_MS = 1_000;
const PAUSE_MAX_MS = 300_000;

/**
 * Keeps sends below Meta's limits per number and per pair of number and customer. Plain arithmetic in the memory of one process: every
 * `now` is in ms of one clock that never goes back, and a number must be sent from one process at a time.
 */
export class Pacing {
  readonly #numbers: Recent<string, NumberPace>;
  readonly #pairs: Recent<string, PairPace>;
  readonly #makeNumber: () => NumberPace;
  readonly #makePair: () => PairPace;

  constructor({
    perSecond = 80,
    pairIntervalMs = 6_000,
    pairBurst = 45,
    maxPairs = 100_000,
    maxNumbers = 10_000,
  }: PacingOptions = {}) {
    this.#numbers = new Recent(maxNumbers);
    this.#pairs = new Recent(maxPairs);
    this.#makeNumber = () => new NumberPace(perSecond);
    this.#makePair = () => new PairPace(pairIntervalMs, pairBurst);
  }

  /** Takes the right to send one message now, and gives 0; or takes nothing, and gives the ms to wait before asking again. */
  take(numberId: string, contactKey: string, now: number): number {
    const number = this.#number(numberId);
    const pair = this.#pair(numberId, contactKey);
    const waitMs = Math.max(number.waitMs(now), pair.waitMs(now));
    if (waitMs > 0) return Math.ceil(waitMs);
    number.sent(now);
    pair.sent(now);
    return 0;
  }

  /** Tells that a send which took its right leaves only now; once for each that took it, in the end also for one that stays. */
  left(numberId: string, now: number): void {
    this.#number(numberId).left(now);
  }

  /** Milliseconds until this pair may send, 0 for now, whatever the number may. Takes nothing. */
  pairWaitMs(numberId: string, contactKey: string, now: number): number {
    return Math.ceil(this.#pair(numberId, contactKey).waitMs(now));
  }

  /** Meta said 130429 (or HTTP 429): the number pauses, for what Meta asked (up to 5 min) or 1 s, then goes on at half the pace and recovers. */
  slow(numberId: string, now: number, retryAfterMs = PAUSE_MS): void {
    this.#number(numberId).slow(now, Math.min(retryAfterMs, PAUSE_MAX_MS));
  }

  /** Meta said 131056: this pair waits 1, 4, 16 … s. Gives the wait in ms. */
  delayPair(numberId: string, contactKey: string, now: number): number {
    return this.#pair(numberId, contactKey).delay(now);
  }

  #number(numberId: string): NumberPace {
    return this.#numbers.getOrMake(numberId, this.#makeNumber);
  }

  #pair(numberId: string, contactKey: string): PairPace {
    return this.#pairs.getOrMake(`${numberId} ${contactKey}`, this.#makePair);
  }
}
