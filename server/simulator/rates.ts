import type { Settings } from './options.ts';

const SECOND_MS = 1_000;
const PAIR_INTERVAL_MS = 6_000;
const PAIRS_KEPT = 100_000;

/** When messages went through within the last second. */
class LastSecond {
  #times: number[] = [];
  #first = 0;

  /** Messages in the second before now. */
  count(now: number): number {
    while ((this.#times[this.#first] ?? Infinity) <= now - SECOND_MS) this.#first++;
    if (this.#first > SECOND_MS) this.#times = this.#times.slice(this.#first);
    if (this.#first > SECOND_MS) this.#first = 0;
    return this.#times.length - this.#first;
  }

  add(now: number): void {
    this.#times.push(now);
  }
}

/** A burst that fills again at a steady pace. */
interface Bucket {
  tokens: number;
  at: number;
}

/** Meta's limits: so many messages in any second and number, and a burst per pair that fills again by one each 6 s. */
export class Rates {
  readonly #settings: Settings;
  readonly #numbers = new Map<string, LastSecond>();
  readonly #pairs = new Map<string, Bucket>();

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** Counts one send; the code it is refused with, or null. A refused send counts for nothing. */
  take(phoneNumberId: string, waId: string, now: number, perSecond: number): 130429 | 131056 | null {
    const { pairBurst } = this.#settings;
    const second = this.#secondOf(phoneNumberId);
    if (second.count(now) >= perSecond) return 130429;
    if (pairBurst !== Infinity) {
      const pair = filled(this.#pairs, `${phoneNumberId} ${waId}`, pairBurst, now);
      if (pair.tokens < 1) return 131056;
      pair.tokens--;
    }
    second.add(now);
    return null;
  }

  /** What customers write counts against the same second, and is never refused. */
  takeInbound(phoneNumberId: string, now: number): void {
    this.#secondOf(phoneNumberId).add(now);
  }

  #secondOf(phoneNumberId: string): LastSecond {
    let second = this.#numbers.get(phoneNumberId);
    if (!second) this.#numbers.set(phoneNumberId, (second = new LastSecond()));
    return second;
  }
}

function filled(buckets: Map<string, Bucket>, key: string, size: number, now: number): Bucket {
  let bucket = buckets.get(key);
  if (!bucket) {
    if (buckets.size >= PAIRS_KEPT) buckets.clear();
    buckets.set(key, (bucket = { tokens: size, at: now }));
  }
  bucket.tokens = Math.min(size, bucket.tokens + (now - bucket.at) / PAIR_INTERVAL_MS);
  bucket.at = now;
  return bucket;
}
