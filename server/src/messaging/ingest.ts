import { performance } from 'node:perf_hooks';
import { queryOn } from '../platform/query.ts';
import { BodyCommitter, type IngestParts, type IngestStats } from './commit-bodies.ts';
import type { ReceivedBody } from './received-body.ts';
import type { HeldLimits } from './held-tenants.ts';
import { type Place, sweepInbox } from './sweep-inbox.ts';

const BODIES_AT_ONCE = 500;
const BYTES_AT_ONCE = 1 << 20;
/** Beyond this, bodies stay in the database until there is room: they are safe there. */
const BYTES_IN_HAND = 64 << 20;
/** A living process is done with what it has in hand before it is this old, in seconds. */
const LEFT_BEHIND = 1;
/** Having looked at all that is there, a sweeper looks for newer bodies only for so long, then for all again. */
const ALL_AGAIN_MS = 1_000;
/** A message that was being written beside its edit is there by then. */
const CHANGES_SETTLE_MS = 5 * 60_000;

/**
 * The one committer of a worker process: takes stored webhook bodies, from this process's memory or from the inbox, and writes what they say
 * in windows of up to 500 bodies for all tenants. Bodies count as done in the transaction that writes them: a process that dies leaves them to others.
 */
export class Ingester {
  readonly #parts: IngestParts;
  readonly #committer: BodyCommitter;
  readonly #running: Promise<void>;
  #queue: ReceivedBody[] = [];
  #bytes = 0;
  /** Seconds that bodies in the inbox must have been there to be swept; undefined when nobody asked for a sweep. */
  #sweepAge: number | undefined;
  /** How far it has been swept. From there it goes on, so that what has to stay there stands in nobody's way. */
  #sweptTo: Place | undefined;
  #allAgainAt = 0;
  #isClosing = false;
  #wake: () => void = () => undefined;

  constructor(parts: IngestParts, limits?: HeldLimits) {
    this.#parts = parts;
    this.#committer = new BodyCommitter(parts, limits);
    this.#running = this.#run();
  }

  get stats(): Readonly<IngestStats> {
    return this.#committer.stats;
  }

  /** What became of the changes that were read, by `field|outcome`. */
  get outcomes(): ReadonlyMap<string, number> {
    return this.#committer.outcomes;
  }

  /** Tenants of which this process has written edits, revocations or replies in the last few minutes. */
  tenantsWithChanges(): string[] {
    const { changedAt } = this.#committer;
    for (const [id, at] of changedAt) if (at < performance.now() - CHANGES_SETTLE_MS) changedAt.delete(id);
    return [...changedAt.keys()];
  }

  /** Takes bodies that this process has just stored. */
  take(bodies: readonly ReceivedBody[]): void {
    for (const body of bodies) {
      if (this.#isClosing || this.#bytes > BYTES_IN_HAND) return;
      this.#queue.push(body);
      this.#bytes += body.raw.length;
    }
    this.#wake();
  }

  /** Looks into the inbox for what was left behind; with `fresh`, also for what somebody else stored a moment ago. */
  look({ fresh = false } = {}): void {
    this.#sweepAge = fresh ? 0 : (this.#sweepAge ?? LEFT_BEHIND);
    this.#wake();
  }

  /** Writes what is in hand and ends. What a database that is away does not take stays in the inbox. */
  async close(): Promise<void> {
    this.#isClosing = true;
    this.#committer.stop();
    this.#wake();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#isClosing || this.#queue.length) {
      try {
        await this.#step();
      } catch (error) {
        // Whatever it was: the bodies are in the inbox, and the sweeper brings them back.
        this.#parts.log.error({ err: error }, 'Reading webhooks failed.');
      }
    }
  }

  async #step(): Promise<void> {
    await this.#committer.retryHeld();
    if (this.#queue.length) await this.#committer.commit(this.#next());
    else if (this.#sweepAge !== undefined) await this.#sweep(this.#sweepAge);
    else await new Promise<void>((resolve) => (this.#wake = resolve));
  }

  #next(): ReceivedBody[] {
    let bytes = 0;
    let count = 0;
    for (const { raw } of this.#queue) {
      if (count === BODIES_AT_ONCE || (count > 0 && bytes + raw.length > BYTES_AT_ONCE)) break;
      bytes += raw.length;
      count++;
    }
    this.#bytes -= bytes;
    return this.#queue.splice(0, count);
  }

  async #sweep(minAge: number): Promise<void> {
    this.#sweepAge = undefined;
    if (performance.now() >= this.#allAgainAt) {
      this.#sweptTo = undefined;
      // However long it takes to get through: until then it does not begin anew.
      this.#allAgainAt = Infinity;
    }
    const { database, keys } = this.#parts;
    const sweep = { minAge, except: this.#committer.held.bodyIds(), after: this.#sweptTo };
    const { bodies, last, isMore } = await sweepInbox(queryOn(database.worker), keys, sweep);
    this.take(bodies);
    this.#sweptTo = last ?? this.#sweptTo;
    if (!isMore && this.#allAgainAt === Infinity) this.#allAgainAt = performance.now() + ALL_AGAIN_MS;
    if (isMore) this.#sweepAge = minAge;
  }
}
