/** Our second is longer than Meta's, so that two sends which the network brings closer together still stand apart: 96 % of the cap. */
const WINDOW_MS = 1_040;
const SLOWEST = 1 / 16;
/** What is known to pass between the right to go and going is not waited for again; so much of it at most, in case it passes faster one day. */
const LAG_MAX_MS = 15;
/** A slowed number wins back a tenth of its cap every second. */
const RECOVERY_MS = 10_000;

/** How fast one of our numbers may send. Every `now` is in ms of one clock that never goes back. */
export class NumberPace {
  /** A ring with the times of the last `perSecond` sends: exact over any second, unlike a bucket that may empty twice in one. */
  readonly #sentAt: Float64Array;
  #next = 0;
  /** The oldest of those that have the right to go and have not left yet. */
  #leaving = 0;
  #pausedUntil = -Infinity;
  #share = 1;
  /** The least time that a send took to leave once it had the right to: of the ring before, and of this one so far. */
  #leastLagBefore = 0;
  #leastLag = Infinity;

  constructor(perSecond: number) {
    this.#sentAt = new Float64Array(perSecond).fill(-Infinity);
  }

  /** Milliseconds until the next send, 0 for at once. */
  waitMs(now: number): number {
    const cap = this.#sentAt.length;
    const allowed = Math.max(1, Math.floor(cap * this.#shareAt(now)));
    const before = this.#sentAt[(this.#next - allowed + cap) % cap] ?? -Infinity;
    const lag = Math.min(this.#leastLagBefore, this.#leastLag, LAG_MAX_MS);
    return Math.max(0, before + WINDOW_MS - lag - now, this.#pausedUntil - now);
  }

  sent(now: number): void {
    this.#sentAt[this.#next] = now;
    this.#next = (this.#next + 1) % this.#sentAt.length;
  }

  /** The oldest send that had the right to go leaves only now: what was done between counts for the next ones. */
  left(now: number): void {
    this.#leastLag = Math.min(this.#leastLag, now - (this.#sentAt[this.#leaving] ?? now));
    this.#sentAt[this.#leaving] = now;
    this.#leaving = (this.#leaving + 1) % this.#sentAt.length;
    if (this.#leaving > 0) return;
    this.#leastLagBefore = this.#leastLag;
    this.#leastLag = Infinity;
  }

  /** Stops for `pauseMs`, then goes on at half the pace and recovers. Refusals that come during the pause belong to the same burst. */
  slow(now: number, pauseMs: number): void {
    const until = now + pauseMs;
    if (now < this.#pausedUntil) this.#pausedUntil = Math.max(this.#pausedUntil, until);
    else {
      this.#share = Math.max(SLOWEST, this.#shareAt(now) / 2);
      this.#pausedUntil = until;
    }
  }

  #shareAt(now: number): number {
    return this.#share === 1 ? 1 : Math.min(1, this.#share + Math.max(0, now - this.#pausedUntil) / RECOVERY_MS);
  }
}
