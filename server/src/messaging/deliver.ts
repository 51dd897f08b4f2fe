import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Services } from '../platform/context.ts';
import type { CloudApi } from '../whatsapp/cloud-api.ts';
import { type DeliverStats, noSends } from './deliver-stats.ts';
import { judgeBroken, LONGEST_REST_MS } from './judge-outcome.ts';
import { Paces } from './line-pace.ts';
import { type LoadedSend, loadSends } from './load-sends.ts';
import { NumberLine, type ReadySend } from './number-line.ts';
import { OutcomeRecorder } from './outcome-recorder.ts';
import { type Posted, Poster } from './post-send.ts';
import { QueueConnection } from './queue-connection.ts';
import type { QueuedSend } from './queued-send.ts';
import { Outages } from './outages.ts';
import type { Outcome } from './record-outcomes.ts';
import { Returns } from './return-sends.ts';
import { claimSends, claimUnrecorded, freeExpired, numbersDue } from './send-queue.ts';

export interface DelivererParts extends Pick<Services, 'database' | 'keys' | 'bus' | 'log' | 'appendEvents' | 'clock'> {
  cloudApi: Pick<CloudApi, 'send'>;
  /** The bound in ms of the delay before the first retry; it doubles from try to try. Default 4,000. */
  firstDelayMs?: number;
  /** For how long in ms Meta's answer is waited for. Default 20,000. */
  timeoutMs?: number;
  /** Whether the Cloud API is Meta's own and not a stand-in: then test numbers do not send. */
  isMeta?: boolean;
}

const MOST_IN_HAND = 2_000;
/** A number that is paused is looked at again after this. */
const PAUSED_MS = 5_000;
const SLOWED_MS = 1_000;
const AWAY_MS = 250;
const IDLE_MS = 60_000;
const UNRECORDED_AT_ONCE = 500;

/**
 * Sends what the queue holds. A send is leased, opened, paced, marked as attempted in a committed write, then posted, and its outcome recorded.
 * Never twice: what may have been sent is UNCONFIRMED and left to a person; only what Meta surely did not take goes out again.
 */
export class Deliverer {
  readonly stats: DeliverStats = noSends();
  readonly #parts: DelivererParts;
  readonly #firstDelayMs: number;
  readonly #queue: QueueConnection;
  readonly #poster: Poster;
  readonly #recorder: OutcomeRecorder;
  readonly #returns: Returns;
  readonly #paces = new Paces();
  readonly #outages = new Outages();
  readonly #lines = new Map<string, { line: NumberLine; hasMore: boolean; usedAt: number }>();
  /** Numbers that rest, until when by `performance.now()`. */
  readonly #resting = new Map<string, number>();
  readonly #open = new Set<Promise<unknown>>();
  readonly #running: Promise<void>;
  #isLookDue = true;
  #isClosing = false;
  #wake: () => void = () => undefined;

  constructor(parts: DelivererParts) {
    this.#parts = parts;
    this.#firstDelayMs = parts.firstDelayMs ?? 4_000;
    this.#queue = new QueueConnection(parts.database.worker);
    this.#recorder = new OutcomeRecorder(parts);
    this.#poster = new Poster({
      ...parts,
      queue: this.#queue,
      firstDelayMs: this.#firstDelayMs,
      onLeave: ({ numberId }) => this.#paces.left(numberId),
    });
    this.#returns = new Returns(this.#queue, parts.log);
    this.#running = this.#run();
  }

  /** Looks into the queue now: something may be due. */
  look(): void {
    this.#isLookDue = true;
    this.#wake();
  }

  /** Frees or settles what a process that died had leased. To be called every few seconds. Throws when the database is away. */
  async recover(): Promise<void> {
    await this.#queue.run(freeExpired);
    const lost = await this.#queue.run((query) => claimUnrecorded(query, UNRECORDED_AT_ONCE));
    const at = this.#parts.clock.now().getTime();
    await Promise.all(lost.map((send) => this.#record({ send, at, end: { kind: 'unconfirmed' } })));
    await this.#releaseIdle();
  }

  /** Claims nothing more, gives back what waits, and lets what is under way end. */
  async close(): Promise<void> {
    this.#isClosing = true;
    this.#recorder.stop();
    this.#wake();
    await this.#running;
    for (const { line } of this.#lines.values()) this.#giveBack(line.drain());
    while (this.#open.size) await Promise.all(this.#open);
    await this.#queue.close();
  }

  async #run(): Promise<void> {
    while (!this.#isClosing) {
      if (!this.#isLookDue) {
        await new Promise<void>((resolve) => (this.#wake = resolve));
        continue;
      }
      this.#isLookDue = false;
      try {
        await this.#returns.during(() => this.#fill());
      } catch (error) {
        this.#parts.log.warn({ err: error }, 'Sending waits for the database.');
        await sleep(AWAY_MS);
        this.#isLookDue = true;
      }
    }
  }

  /** Claims for every number as much as it sends in about a second. */
  async #fill(): Promise<void> {
    const now = performance.now();
    for (const [id, until] of this.#resting) if (until <= now) this.#resting.delete(id);
    const due = await this.#queue.run((query) => numbersDue(query, [...this.#resting.keys()]));
    if (!due.length) return;
    const rooms = this.#rooms(await this.#queue.own(due));
    if (!rooms.size) return;
    const claimed = await this.#queue.run((query) => claimSends(query, rooms));
    const byNumber = Map.groupBy(claimed, (send) => send.numberId);
    for (const [numberId, room] of rooms) {
      const known = this.#lineOf(numberId);
      known.hasMore = byNumber.get(numberId)?.length === room;
      known.usedAt = now;
    }
    if (claimed.length) for (const loaded of await this.#load(claimed)) this.#take(loaded);
  }

  #rooms(numberIds: readonly string[]): Map<string, number> {
    let free = MOST_IN_HAND;
    for (const { line } of this.#lines.values()) free -= line.size;
    const rooms = new Map<string, number>();
    for (const numberId of numberIds) {
      const room = Math.min(free, this.#paces.speedOf(numberId) - this.#lineOf(numberId).line.size);
      if (room <= 0) {
        this.#lineOf(numberId).hasMore = true;
        continue;
      }
      rooms.set(numberId, room);
      free -= room;
    }
    return rooms;
  }

  async #load(claimed: readonly QueuedSend[]): Promise<LoadedSend[]> {
    try {
      return await loadSends(this.#parts, claimed);
    } catch (error) {
      this.#giveBack(claimed);
      throw error;
    }
  }

  #take(loaded: LoadedSend): void {
    const { send } = loaded;
    const at = this.#parts.clock.now().getTime();
    if (loaded.kind === 'ready') {
      if (this.#returns.isAheadOf(send)) return this.#giveBack([send]);
      this.#paces.learn(send.numberId, loaded.perSecond);
      this.#lineOf(send.numberId).line.add(loaded);
    } else if (loaded.kind === 'paused') {
      this.#rest(send.numberId, PAUSED_MS);
      this.#giveBack([send]);
    } else if (loaded.kind === 'broken') {
      this.#parts.log.error({ err: loaded.cause, message: send.messageId, tries: send.tries + 1 }, 'A message cannot be read.');
      this.#settle({ send, verdict: judgeBroken(send, this.#firstDelayMs), at, askedAt: at });
    } else {
      const recorded = this.#record({ send, at, end: { kind: loaded.kind } });
      // What waits for its file is overtaken by nothing.
      if (loaded.kind === 'without-file') void this.#track(this.#returns.hold(send, recorded));
    }
  }

  #lineOf(numberId: string) {
    let known = this.#lines.get(numberId);
    if (!known) {
      const line = new NumberLine({
        pace: this.#paces.line,
        post: (ready) => this.#track(this.#post(ready)),
        postpone: (sends, delayMs) => this.#giveBack(sends, delayMs),
      });
      this.#lines.set(numberId, (known = { line, hasMore: false, usedAt: performance.now() }));
    }
    return known;
  }

  async #post(ready: ReadySend): Promise<void> {
    const { numberId } = ready.send;
    try {
      this.stats.posted++;
      const posted = await this.#poster.post(ready);
      // The next message to this customer may go: recording is a matter between us and the database.
      if (posted) this.#settle(posted, ready.request.to);
    } catch (error) {
      this.#parts.log.warn({ err: error }, 'An attempt could not be put on record; its lease will end.');
    }
    const known = this.#lineOf(numberId);
    if (known.hasMore && known.line.size <= this.#paces.speedOf(numberId) / 2) this.look();
  }

  #settle({ send, verdict, at, askedAt }: Posted, to?: string): void {
    switch (verdict.kind) {
      case 'accepted':
        this.stats.accepted++;
        this.#outages.end(send.numberId);
        this.#record({ send, at, end: { ...verdict, to } });
        break;
      case 'unconfirmed':
      case 'failed':
        this.stats[verdict.kind]++;
        this.#record({ send, at, end: verdict });
        break;
      case 'in-doubt':
        this.stats.inDoubt++;
        this.#doubt(send.numberId);
        break;
      case 'again':
        this.stats.again++;
        this.#giveBackPair({ ...send, tries: verdict.tries, unreached: verdict.unreached }, verdict.delayMs);
        break;
      case 'slow-number':
        this.#slow(send, Math.min(verdict.retryAfterMs ?? SLOWED_MS, LONGEST_REST_MS));
        break;
      case 'delay-pair':
        this.#giveBackPair(send, this.#paces.delayPair(send.numberId, send.contactId));
        break;
      case 'pause-number':
        this.#rest(send.numberId, PAUSED_MS);
        this.#giveBack(this.#lineOf(send.numberId).line.drain());
        // What was asked before somebody resumed the number says nothing of how it is since.
        this.#record({ send, at: askedAt, end: { kind: 'paused', reason: verdict.reason, code: verdict.code } });
    }
  }

  /** The send keeps its lease, marked as attempted: at its end `recover` makes it UNCONFIRMED, here or in another process. */
  #doubt(numberId: string): void {
    const isResting = (this.#resting.get(numberId) ?? 0) > performance.now();
    const pauseMs = isResting ? 0 : this.#outages.note(numberId);
    if (pauseMs > 0) this.#stop(numberId, pauseMs);
  }

  #slow(send: QueuedSend, pauseMs: number): void {
    this.#giveBack([send]);
    this.#stop(send.numberId, pauseMs);
  }

  /** The number rests, then goes on slower; none of its messages has done anything. */
  #stop(numberId: string, pauseMs: number): void {
    this.#paces.slow(numberId, pauseMs);
    this.#rest(numberId, pauseMs);
    this.#giveBack(this.#lineOf(numberId).line.drain());
  }

  #rest(numberId: string, ms: number): void {
    this.#resting.set(numberId, Math.max(this.#resting.get(numberId) ?? 0, performance.now() + ms));
  }

  #record(outcome: Outcome): Promise<void> {
    return this.#track(this.#recorder.record(outcome));
  }

  /** Puts a send back into the queue, and with it what waits behind it for the same customer. */
  #giveBackPair(send: QueuedSend, delayMs: number): void {
    this.#giveBack([send, ...this.#lineOf(send.numberId).line.takeOut(send.contactId)], delayMs);
  }

  /** Puts sends back into the queue; the first of them, which the others wait for, after a delay. */
  #giveBack(sends: readonly QueuedSend[], delayMs = 0): void {
    for (const [index, send] of sends.entries()) void this.#track(this.#returns.add({ send, delayMs: index ? 0 : delayMs }));
  }

  #track<T>(promise: Promise<T>): Promise<T> {
    this.#open.add(promise);
    return promise.finally(() => this.#open.delete(promise));
  }

  async #releaseIdle(): Promise<void> {
    const idle = [...this.#lines]
      .filter(([, { line, usedAt }]) => line.size === 0 && usedAt < performance.now() - IDLE_MS)
      .map(([id]) => id);
    for (const id of idle) {
      this.#lines.delete(id);
      this.#paces.forget(id);
      this.#outages.end(id);
    }
    await this.#queue.release(idle);
  }
}
