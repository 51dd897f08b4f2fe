import type { QueryConfig, QueryResult } from 'pg';
import { isConnectionFault } from './connection-fault.ts';
import type { Pool } from './database.ts';
import { isId } from './ids.ts';

interface Asked {
  tenantId: string;
  select: string;
  resolve: (rows: object[]) => void;
  reject: (error: unknown) => void;
}

/** Selects in one message to PostgreSQL. */
const MOST_AT_ONCE = 100;
/** A database that says nothing for so long, in ms, is away: the connection is given up. */
const LONGEST = 5000;

/**
 * Reads for many tenants with few round trips: what is asked for while a message is under way goes together in the next. PostgreSQL runs a
 * message as one transaction, in which each select sees the one tenant it was asked for and no other, through row-level security.
 */
export class TenantReader {
  private waiting: Asked[] = [];
  private isReading = false;

  constructor(private readonly pool: Pool) {}

  /** Runs one select for a tenant. Such messages take no parameters: only what `idText`, `idList` and `wholeNumber` give may be written into it. */
  read<Row extends object>(tenantId: string, select: string): Promise<Row[]> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ tenantId, select, resolve: resolve as (rows: object[]) => void, reject });
      if (this.isReading) return;
      this.isReading = true;
      // What is asked for in the same turn goes along.
      setImmediate(() => void this.readAll());
    });
  }

  private async readAll(): Promise<void> {
    while (this.waiting.length) await this.send(this.waiting.splice(0, MOST_AT_ONCE));
    this.isReading = false;
  }

  private async send(asked: readonly Asked[]): Promise<void> {
    try {
      const text = asked.map(({ tenantId, select }) => `set local app.tenant_id = ${idText(tenantId)}; ${select}`).join(';');
      const results = (await this.pool.query({
        text,
        query_timeout: LONGEST,
      } as QueryConfig)) as unknown as QueryResult<object>[];
      // Two statements for each: the setting and the select.
      asked.forEach(({ resolve }, index) => resolve(results[2 * index + 1]?.rows ?? []));
    } catch (error) {
      // One that cannot be run must not take the others with it.
      if (asked.length > 1 && !isConnectionFault(error)) for (const each of asked) await this.send([each]);
      else for (const { reject } of asked) reject(error);
    }
  }
}

/** An id as SQL. Throws for anything else. */
export function idText(id: string): string {
  if (!isId(id)) throw new TypeError('not an id');
  return `'${id}'`;
}

/** Ids as SQL, for `in`. Texts that are no ids are left out: there is no row they could name. */
export function idList(ids: readonly string[]): string {
  const texts = ids.filter(isId).map(idText);
  return texts.length ? `(${texts.join(',')})` : '(null)';
}

/** A whole number as SQL. */
export function wholeNumber(value: number): string {
  if (!Number.isSafeInteger(value)) throw new TypeError('not a whole number');
  return String(value);
}
