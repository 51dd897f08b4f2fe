const STEP_MAX = 5;
/** A pair that stayed out of trouble for this long after a delay begins at the first step again. */
const FORGIVEN_AFTER_MS = 60_000;

/** How fast one of our numbers may write to one customer: a burst, borrowed from the future, then one message per interval. */
export class PairPace {
  readonly #intervalMs: number;
  readonly #burst: number;
  /** When the pair would be as good as new: each send moves it one interval on. */
  #freshAt = -Infinity;
  #delayedUntil = -Infinity;
  #step = 0;

  constructor(intervalMs: number, burst: number) {
    this.#intervalMs = intervalMs;
    this.#burst = burst;
  }

  /** Milliseconds until the next send, 0 for at once. */
  waitMs(now: number): number {
    return Math.max(0, this.#freshAt - (this.#burst - 1) * this.#intervalMs - now, this.#delayedUntil - now);
  }

  sent(now: number): void {
    this.#freshAt = Math.max(this.#freshAt, now) + this.#intervalMs;
  }

  /** Meta's own rule after 131056: wait 4^X seconds, X from 0, one more each time. Gives the wait in ms; after it the burst is used up. */
  delay(now: number): number {
    if (now < this.#delayedUntil) return this.#delayedUntil - now;
    this.#step = now - this.#delayedUntil < FORGIVEN_AFTER_MS ? Math.min(this.#step + 1, STEP_MAX) : 0;
    const waitMs = 4 ** this.#step * 1000;
    this.#delayedUntil = now + waitMs;
    this.#freshAt = Math.max(this.#freshAt, this.#delayedUntil + (this.#burst - 1) * this.#intervalMs);
    return waitMs;
  }
}
