import { setTimeout as sleep } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { CloudApi } from '../whatsapp/cloud-api.ts';
import { type Bus, tenantBell } from './bus.ts';
import type { Clock } from './clock.ts';
import { asTenant, type Database } from './database.ts';
import type { AppendEvents, EventRecord } from './event-record.ts';
import { fault } from './faults.ts';
import type { Keys } from './keys.ts';
import { type Loader, Loaders } from './loading.ts';
import type { Log } from './log.ts';
import type { MediaStore } from './media-store.ts';
import { type Query, queryIn } from './query.ts';
import { wasRolledBack } from './rolled-back.ts';
import { place, type Sealed } from './sealed.ts';
import type { Viewer } from './viewer.ts';

/** What everything in a process shares. */
export interface Services {
  database: Database;
  keys: Keys;
  clock: Clock;
  bus: Bus;
  log: Log;
  appendEvents: AppendEvents;
  media: MediaStore;
}

/** What operations share besides: the way to Meta, never to be gone inside a transaction. */
export interface OperationServices extends Services {
  cloudApi: CloudApi;
  /** Whether that is Meta's own: then test keys and test numbers go no further than here. */
  isMeta: boolean;
  /** Where people and Meta reach this server, without a slash at the end; a worker serves nobody. */
  publicUrl?: string;
}

/** The request an operation came with. */
export interface RequestFacts {
  id: string;
  /** The caller's network address, for limits. */
  address: string;
  /** Sets or clears the session cookie; absent where there are no cookies. */
  setSession?: (token: string | null) => void;
}

/** A command's transaction. Events recorded here are appended and rung by the outermost command only. */
export interface Transaction {
  em: EntityManager;
  query: Query;
  record(event: Omit<EventRecord, 'tenantId'>): void;
  /** Rings a bell after the commit. */
  ring(channel: string): void;
}

/** How often a command is run again, and within how many ms the first time; then within twice as long each time. */
const MOST_RERUNS = 4;
const FIRST_DELAY_MS = 20;

/** The container of one operation: who asks, and ways to read, load, open and change. */
export class Context {
  private readEm: Promise<EntityManager> | null = null;
  private transaction: Transaction | null = null;
  private readonly loaders = new Loaders();
  private isOver = false;

  constructor(
    readonly services: OperationServices,
    public viewer: Viewer | null,
    readonly request: RequestFacts,
  ) {}

  /** The caller. Throws UNAUTHENTICATED without one. */
  get me(): Viewer {
    if (!this.viewer) throw fault('UNAUTHENTICATED', 'Sign in, or send an API key.');
    return this.viewer;
  }

  /** The operation's one read transaction, opened on first use: all that is read is of one moment and of one tenant. */
  reading(): Promise<EntityManager> {
    if (this.transaction) return Promise.resolve(this.transaction.em);
    // A resolver that is still at work when the answer has gone out must not open a transaction that nobody ends.
    if (this.isOver) return Promise.reject(new Error('The operation is over.'));
    this.readEm ??= begin(asTenant(this.services.database.orm, this.me.tenantId, this.me.userId), true);
    return this.readEm;
  }

  /** Plain SQL in the read transaction. */
  async read<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
    return queryIn(await this.reading())<Row>(sql, values);
  }

  /**
   * Runs a change in its own transaction: entity changes are flushed, events appended last, bells rung after the commit. Inside another command it joins it.
   * A throw rolls all of it back. Run again when others' transactions were in its way: `run` must change nothing outside the transaction.
   */
  async command<T>(run: (tx: Transaction) => Promise<T>): Promise<T> {
    if (this.transaction) return run(this.transaction);
    for (let reruns = 0; ; reruns++) {
      try {
        return await this.runCommand(run);
      } catch (error) {
        if (reruns === MOST_RERUNS || !wasRolledBack(error)) throw error;
        this.services.log.warn({ request: this.request.id, reruns }, 'Others were in the way of a command; it is run again.');
        await sleep(Math.random() * FIRST_DELAY_MS * 2 ** reruns);
      }
    }
  }

  private async runCommand<T>(run: (tx: Transaction) => Promise<T>): Promise<T> {
    // The read transaction ends first: one operation never holds two connections.
    await this.endReading();
    const { tenantId, userId } = this.me;
    const em = await begin(asTenant(this.services.database.orm, tenantId, userId), false);
    const events: EventRecord[] = [];
    const bells: string[] = [];
    const query = queryIn(em);
    this.transaction = {
      em,
      query,
      record: (event) => events.push({ tenantId, ...event }),
      ring: (channel) => bells.push(channel),
    };
    let result: T;
    try {
      result = await run(this.transaction);
      await em.flush();
      if (events.length) await this.services.appendEvents(query, events);
      await em.commit();
    } catch (error) {
      await em.rollback().catch(() => undefined);
      throw error;
    } finally {
      this.transaction = null;
    }
    if (events.length) bells.push(tenantBell(tenantId));
    for (const channel of new Set(bells)) this.services.bus.ring(channel);
    return result;
  }

  /** Loads by key, together with all other keys asked for in this tick. */
  load<Key, Value>(loader: Loader<Key, Value>, key: Key): Promise<Value> {
    return this.loaders.of(loader, this).load(key);
  }

  /** Opens a sealed column of a row. Without waiting when the key is at hand; throws `SealBroken` when it is gone. */
  open(table: string, column: string, rowId: string, sealed: Sealed): string | Promise<string> {
    const { tenantId } = this.me;
    const where = place(tenantId, table, column, rowId);
    const { keys } = this.services;
    if (keys.contactKey(tenantId, sealed.keyId)) return keys.open(tenantId, where, sealed);
    return this.load(contactKeys, sealed.keyId).then(() => keys.open(tenantId, where, sealed));
  }

  /** Ends the operation: nothing can be read any more. */
  async close(): Promise<void> {
    this.isOver = true;
    await this.endReading();
  }

  /** Ends the read transaction. Everything read so far is forgotten. */
  private async endReading(): Promise<void> {
    const open = this.readEm;
    this.readEm = null;
    this.loaders.clear();
    if (open) await open.then((em) => em.rollback()).catch(() => undefined);
  }
}

const contactKeys: Loader<string, null> = {
  name: 'contactKeys',
  load: async (ctx, ids) => {
    await ctx.services.keys.loadContactKeys(queryIn(await ctx.reading()), ctx.me.tenantId, ids);
    return ids.map(() => null);
  },
};

async function begin(em: EntityManager, readOnly: boolean): Promise<EntityManager> {
  await em.begin({ readOnly });
  return em;
}
