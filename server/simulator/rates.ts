import type { Settings } from './options.ts';

const PAIR_INTERVAL_MS = 6_000;
const PAIRS_KEPT = 100_000;

/** A bucket of so many tokens that fills again at a steady pace. */
interface Bucket {
  tokens: number;
  at: number;
}

/** Meta's limits: so many sends a second and number, and a burst per pair that fills again by one each 6 s. */
export class Rates {
  readonly #settings: Settings;
  readonly #numbers = new Map<string, Bucket>();
  readonly #pairs = new Map<string, Bucket>();

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** Counts one send; the code it is refused with, or null. A refused send counts for nothing. */
  take(phoneNumberId: string, waId: string, now: number, perSecond: number): 130429 | 131056 | null {
    const { pairBurst } = this.#settings;
    const number = filled(this.#numbers, phoneNumberId, perSecond, 1000 / perSecond, now);
    if (number.tokens < 1) return 130429;
    if (pairBurst !== Infinity) {
      const pair = filled(this.#pairs, `${phoneNumberId} ${waId}`, pairBurst, PAIR_INTERVAL_MS, now);
      if (pair.tokens < 1) return 131056;
      pair.tokens--;
    }
    number.tokens--;
    return null;
  }

  /** What customers write takes from the same bucket. */
  takeInbound(phoneNumberId: string, now: number, perSecond: number): void {
    const number = filled(this.#numbers, phoneNumberId, perSecond, 1000 / perSecond, now);
    number.tokens = Math.max(0, number.tokens - 1);
  }
}

function filled(buckets: Map<string, Bucket>, key: string, size: number, msPerToken: number, now: number): Bucket {
  let bucket = buckets.get(key);
  if (!bucket) {
    if (buckets.size >= PAIRS_KEPT) buckets.clear();
    buckets.set(key, (bucket = { tokens: size, at: now }));
  }
  bucket.tokens = Math.min(size, bucket.tokens + (now - bucket.at) / msPerToken);
  bucket.at = now;
  return bucket;
}
