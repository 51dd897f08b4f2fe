import { performance } from 'node:perf_hooks';
import type { Bus } from '../platform/bus.ts';
import type { Database } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import type { Keys } from '../platform/keys.ts';
import type { Query } from '../platform/query.ts';
import { seal } from '../platform/sealed.ts';
import { CurrentDay } from './current-day.ts';
import { GroupCommit } from './group-commit.ts';
import { INBOX_BELL, keyOfDay, placeOfBody, type ReceivedBody } from './received-body.ts';
import { makePartitions } from './rotate-inbox.ts';
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

interface Arrived {
  /** By `performance.now()`. */
  since: number;
  raw: Buffer;
  mac: Buffer;
  appTenants?: readonly string[];
}

const BYTES_AT_ONCE = 8 << 20;
/** More than this waits only when the database does not keep up: then Meta shall come back later. */
const BYTES_WAITING = 64 << 20;
/** Callers get their answer within 2 s, also when the database hangs, and when it does so after a slow write that they waited for. */
const GIVE_UP_MS = 1_500;
const ANSWER_MS = 1_900;
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
  readonly #writes = new GroupCommit<Arrived, Stored>({
    write: (arrived) => this.#write(arrived),
    weigh: { weightOf: ({ raw }) => raw.length, most: BYTES_AT_ONCE },
    gatherMs: GATHER_MS,
    // Whoever queued behind a failed write has waited as long.
    failTogether: true,
  });
  #bytesWaiting = 0;

  constructor(parts: WebhookInboxParts) {
    this.#parts = parts;
  }

  /**
   * Stores one body under the digest that its signature gave (32 bytes); resolves once it is committed. `appTenants` are those whose own app signed
   * it. Throws `InboxUnavailable` within 2 s when the database is away, hangs or is too far behind.
   */
  async store(raw: Buffer, mac: Buffer, appTenants?: readonly string[]): Promise<Stored> {
    if (this.#bytesWaiting + raw.length > BYTES_WAITING) throw new InboxUnavailable('Too many webhooks wait for the database.');
    this.#bytesWaiting += raw.length;
    try {
      return await this.#writes.add({ since: performance.now(), raw, mac, appTenants });
    } catch (cause) {
      throw new InboxUnavailable('The database did not take a webhook.', { cause });
    } finally {
      this.#bytesWaiting -= raw.length;
    }
  }

  async #write(arrived: Arrived[]): Promise<Stored[]> {
    const { database, onStored, bus } = this.#parts;
    // The first has waited longest.
    const left = ANSWER_MS - (performance.now() - (arrived[0]?.since ?? 0));
    const bodies = await withinTime(database.app, Math.max(0, Math.min(GIVE_UP_MS, left)), (query) =>
      this.#commit(query, arrived),
    );
    const fresh = bodies.filter((body) => body !== null);
    if (fresh.length && onStored) onStored(fresh);
    else if (fresh.length) bus.ring(INBOX_BELL);
    return bodies.map((body) => (body ? 'stored' : 'duplicate'));
  }

  /** Gives for each body what was stored, or null when it was there already. */
  async #commit(query: Query, arrived: readonly Arrived[]): Promise<(ReceivedBody | null)[]> {
    const receivedOn = await this.#day.read(query);
    const key = await keyOfDay(this.#parts.keys, query, receivedOn);
    const rows = arrived.map(({ raw, mac, appTenants }) => {
      const id = newId();
      return { id, digest: mac, sealed: seal(key, placeOfBody(id), raw), appTenants };
    });
    const added = await storeRows(query, receivedOn, rows).catch(async (error: { code?: string }) => {
      if (error.code !== NO_PARTITION) throw error;
      await makePartitions(this.#parts.database.worker);
      return storeRows(query, receivedOn, rows);
    });
    return rows.map(({ id, appTenants }, index) =>
      added.has(id) ? { receivedOn, id, raw: (arrived[index] as Arrived).raw, appTenants } : null,
    );
  }
}
