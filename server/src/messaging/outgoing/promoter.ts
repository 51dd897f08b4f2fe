import { tenantBell } from '../../platform/bus.ts';
import type { Services } from '../../platform/context.ts';
import { faultOf } from '../window-faults.ts';
import { promoteScheduled } from './promote-scheduled.ts';

type Parts = Pick<Services, 'database' | 'keys' | 'appendEvents' | 'bus' | 'log'>;

const AWAY_MS = 1_000;

/** Looks again and again for messages whose time has come. */
export class Promoter {
  readonly #parts: Parts;
  readonly #onPromoted: () => void;
  #running: Promise<void> | undefined;
  #restsUntil = 0;

  /** `onPromoted` is told when the queue has got something to send. */
  constructor(parts: Parts, onPromoted: () => void) {
    this.#parts = parts;
    this.#onPromoted = onPromoted;
  }

  /** Looks now, unless a look is under way or the database was away a moment ago. */
  look(): void {
    if (this.#running || performance.now() < this.#restsUntil) return;
    this.#running = this.#promote().finally(() => (this.#running = undefined));
  }

  /** Resolves when nothing is under way. */
  async close(): Promise<void> {
    this.#restsUntil = Infinity;
    await this.#running;
  }

  async #promote(): Promise<void> {
    const { bus, log } = this.#parts;
    try {
      const events = await promoteScheduled(this.#parts);
      for (const tenantId of new Set(events.map((event) => event.tenantId))) bus.ring(tenantBell(tenantId));
      if (events.length) this.#onPromoted();
    } catch (error) {
      // What another process changes at the same moment is there at the next look.
      if (faultOf(error) === 'again') return;
      log.warn({ err: error }, 'Scheduled messages wait for the database.');
      this.#restsUntil = performance.now() + AWAY_MS;
    }
  }
}
