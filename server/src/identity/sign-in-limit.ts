import type { Clock } from '../platform/clock.ts';
import { RuleBroken } from '../platform/user-errors.ts';

const WINDOW_MS = 10 * 60_000;
/** Wrong passwords in the window, for one account and from one address. */
const MOST = { account: 10, address: 50 } as const;
const MOST_KEPT = 10_000;

interface Count {
  since: number;
  attempts: number;
}

/** Counts wrong passwords of this process. An account or address with too many is refused before its password is looked at. */
export class SignInLimit {
  private readonly counts = new Map<string, Count>();

  constructor(private readonly clock: Clock) {}

  /**
   * Counts an attempt before its password is looked at, so that many at once are not all looked at. Throws RATE_LIMITED when there were
   * too many in the last 10 minutes; a right password takes its own attempt back.
   */
  attempt(account: string, address: string): void {
    const isOver = this.count(`account ${account}`) >= MOST.account || this.count(`address ${address}`) >= MOST.address;
    if (isOver) throw new RuleBroken('RATE_LIMITED', 'Too many wrong passwords. Wait ten minutes, then try again.');
    for (const key of [`account ${account}`, `address ${address}`]) this.change(key, 1);
  }

  succeeded(account: string, address: string): void {
    this.counts.delete(`account ${account}`);
    this.change(`address ${address}`, -1);
  }

  private change(key: string, by: number): void {
    const attempts = Math.max(0, this.count(key) + by);
    const since = attempts === 1 ? this.clock.now().getTime() : (this.counts.get(key)?.since ?? 0);
    // Oldest out first, so that a flood of made-up names cannot fill the memory.
    if (!this.counts.has(key) && this.counts.size >= MOST_KEPT) this.counts.delete(this.counts.keys().next().value as string);
    this.counts.set(key, { since, attempts });
  }

  private count(key: string): number {
    const count = this.counts.get(key);
    return count && count.since > this.clock.now().getTime() - WINDOW_MS ? count.attempts : 0;
  }
}
