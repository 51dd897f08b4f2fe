import type { Bus } from '../platform/bus.ts';
import type { Database } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import type { Keys } from '../platform/keys.ts';
import type { Query } from '../platform/query.ts';
import { seal } from '../platform/sealed.ts';
import { CurrentDay } from './current-day.ts';

import { INBOX_BELL, type ReceivedBody, keyOfDay, placeOfBody } from './received-body.ts';
import { rotateInbox } from './rotate-inbox.ts';
import { storeRows } from './store-rows.ts';
import { withinTime } from './within-time.ts';

export type Stored = 'stored' | 'duplicate';

export interface WebhookInboxParts {
  database: Pick<Database, 'app' | 'worker'>;
  keys: Keys;
  bus: Bus;
  /** Takes what was just committed, in the same process; without it, workers elsewhere are rung. */
  onStored?: (bodies: ReceivedBody[]) => void;
}

interface Waiting {
  raw: Buffer;
  mac: Buffer;
  resolve: (stored: Stored) => void;
  reject: (reason: Error) => void;
}

const MOST_AT_ONCE = 500;
const BYTES_AT_ONCE = 8 << 20;
/** More than this waits only when the database does not keep up: then Meta shall come back later. */
const BYTES_WAITING = 64 << 20;
/** Callers get their answer within 2 s, also when the database hangs. */
const GIVE_UP_MS = 1_500;
/** While requests come side by side, a moment's wait makes one commit out of many. */
const GATHER_MS = 2;
const NO_PARTITION = '23514';

/** The database did not take a webhook: answer 503, and Meta sends it again. */
export class InboxUnavailable extends Error {}

/**
 * Makes webhook bodies durable, sealed. Bodies that arrive while a write is under way are written together, in one statement
 * that is its own transaction.
 */
export class WebhookInbox {
  readonly #parts: WebhookInboxParts;
  readonly #day = new CurrentDay();
  #waiting: Waiting[] = [];
  #bytesWaiting = 0;
  #isWriting = false;

  constructor(parts: WebhookInboxParts) {
    this.#parts = parts;
  }

  /**
   * Stores one body under the digest that its signature gave (32 bytes); resolves once it is committed. Throws `InboxUnavailable` within
   * 2 s when the database is away, hangs or is too far behind.
   */
  store(raw: Buffer, mac: Buffer): Promise<Stored> {
    if (this.#bytesWaiting + raw.length > BYTES_WAITING) {
      return Promise.reject(new InboxUnavailable('Too many webhooks wait for the database.'));
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ raw, mac, resolve, reject });
      this.#bytesWaiting += raw.length;
      if (this.#isWriting) return;
      this.#isWriting = true;
      // What comes in the same turn of the event loop goes along.
      setImmediate(() => void this.#writeAll());
    });
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length) {
      const batch = this.#nextBatch();
      try {
        await this.#write(batch);
      } catch (error) {
        this.#refuse(batch, error);
      }
      const isBusy = batch.length > 1 && this.#waiting.length < MOST_AT_ONCE;
      if (isBusy) await new Promise((resolve) => setTimeout(resolve, GATHER_MS));
    }
    this.#isWriting = false;
  }

  #nextBatch(): Waiting[] {
    let bytes = 0;
    let count = 0;
    for (const { raw } of this.#waiting) {
      if (count === MOST_AT_ONCE || (count > 0 && bytes + raw.length > BYTES_AT_ONCE)) break;
      bytes += raw.length;
      count++;
    }
    this.#bytesWaiting -= bytes;
    return this.#waiting.splice(0, count);
  }

  async #write(batch: readonly Waiting[]): Promise<void> {
    const { database, onStored, bus } = this.#parts;
    const stored = await withinTime(database.app, GIVE_UP_MS, (query) => this.#commit(query, batch));
    const bodies = stored.filter((body) => body !== null);
    batch.forEach(({ resolve }, index) => resolve(stored[index] ? 'stored' : 'duplicate'));
    if (!bodies.length) return;
    if (onStored) onStored(bodies);
    else bus.ring(INBOX_BELL);
  }

  /** Gives for each body what was stored, or null when it was there already. */
  async #commit(query: Query, batch: readonly Waiting[]): Promise<(ReceivedBody | null)[]> {
    const receivedOn = await this.#day.read(query);
    const key = await keyOfDay(this.#parts.keys, query, receivedOn);
    const rows = batch.map(({ raw, mac }) => {
      const id = newId();
      return { id, digest: mac, sealed: seal(key, placeOfBody(id), raw) };
    });
    const added = await storeRows(query, receivedOn, rows).catch(async (error: { code?: string }) => {
      if (error.code !== NO_PARTITION) throw error;
      await rotateInbox(this.#parts.database.worker);
      return storeRows(query, receivedOn, rows);
    });
    return batch.map(({ raw }, index) => {
      const id = rows[index]?.id;
      return id && added.has(id) ? { receivedOn, id, raw } : null;
    });
  }

  /** Whoever queued behind the failed ones has waited as long: all are told at once. */
  #refuse(batch: readonly Waiting[], cause: unknown): void {
    const reason = new InboxUnavailable('The database did not take a webhook.', { cause });
    for (const { reject } of [...batch, ...this.#waiting.splice(0)]) reject(reason);
    this.#bytesWaiting = 0;
  }
}
