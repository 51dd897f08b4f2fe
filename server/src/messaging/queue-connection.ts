import type { Connection } from '../platform/database.ts';
import { type Query, queryOn } from '../platform/query.ts';
import { LEASE_S } from './queued-send.ts';

/** Where connections come from. */
export interface Connections {
  connect(): Promise<Connection>;
}

/**
 * The connection on which one process works on the queue. Numbers that it sends from are locked on it, so that a number is sent from one process
 * at a time and its pace holds; when the connection ends, PostgreSQL frees them for others.
 */
export class QueueConnection {
  readonly #pool: Connections;
  #connecting: Promise<Connection> | undefined;
  #numbers = new Set<string>();

  constructor(pool: Connections) {
    this.#pool = pool;
  }

  /** Runs statements, each committed by itself. A connection that fails is replaced the next time; its numbers are then free. */
  async run<T>(work: (query: Query) => Promise<T>): Promise<T> {
    const connecting = (this.#connecting ??= this.#connect());
    try {
      return await work(queryOn(await connecting));
    } catch (error) {
      await this.#drop(connecting);
      throw error;
    }
  }

  /** Of these numbers, those that this process may send from: it keeps them until its connection ends. */
  async own(numberIds: readonly string[]): Promise<string[]> {
    return this.run(async (query) => {
      const others = numberIds.filter((id) => !this.#numbers.has(id));
      if (others.length) {
        const rows = await query<{ id: string }>(
          `select id from unnest($1::text[]) as id where pg_try_advisory_lock(hashtextextended('send from ' || id, 0))`,
          [others],
        );
        for (const row of rows) this.#numbers.add(row.id);
      }
      return numberIds.filter((id) => this.#numbers.has(id));
    });
  }

  /** Gives numbers up, for whoever has time for them. */
  async release(numberIds: readonly string[]): Promise<void> {
    const mine = numberIds.filter((id) => this.#numbers.delete(id));
    if (mine.length)
      await this.run((query) =>
        query(`select pg_advisory_unlock(hashtextextended('send from ' || id, 0)) from unnest($1::text[]) as id`, [mine]),
      );
  }

  /** Ends the connection; another process may take the numbers. */
  async close(): Promise<void> {
    if (this.#connecting) await this.#drop(this.#connecting);
  }

  /** A process that stands still (it looks into the queue several times a second) loses the connection, and with it the numbers. */
  async #connect(): Promise<Connection> {
    const connection = await this.#pool.connect();
    try {
      await connection.query(`set idle_session_timeout = '${LEASE_S}s'`);
      return connection;
    } catch (error) {
      connection.release(true);
      throw error;
    }
  }

  async #drop(connecting: Promise<Connection>): Promise<void> {
    if (this.#connecting !== connecting) return;
    this.#connecting = undefined;
    this.#numbers = new Set();
    await connecting.then((connection) => connection.release(true)).catch(() => undefined);
  }
}
