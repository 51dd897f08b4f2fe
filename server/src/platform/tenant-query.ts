import type { Pool } from './database.ts';
import { type Query, queryOn } from './query.ts';

/** Runs statements of one tenant as plain SQL in one transaction. A throw rolls back. */
export async function tenantQuery<T>(pool: Pool, tenantId: string, run: (query: Query) => Promise<T>): Promise<T> {
  return inTransaction(pool, 'app.tenant_id', tenantId, '0', run);
}

/**
 * The worker's form: a transaction that may touch exactly the named tenants. With `lockTimeoutMs` it throws 55P03 when a row stays locked
 * by someone else for longer. Statements that `run` does not await one by one travel together.
 */
export async function tenantsQuery<T>(
  pool: Pool,
  tenantIds: Iterable<string>,
  run: (query: Query) => Promise<T>,
  lockTimeoutMs = 0,
): Promise<T> {
  return inTransaction(pool, 'app.tenant_ids', `{${[...tenantIds].join(',')}}`, `${lockTimeoutMs}ms`, run);
}

const OPEN = "select set_config($1, $2, true), set_config('lock_timeout', $3, true)";

async function inTransaction<T>(
  pool: Pool,
  setting: string,
  value: string,
  lockTimeout: string,
  run: (query: Query) => Promise<T>,
): Promise<T> {
  const connection = await pool.connect();
  let broken: Error | undefined;
  // Not awaited: the opening travels with the first statement of `run`. When it fails, so do all that follow.
  const opening = Promise.all([
    connection.query('begin'),
    connection.query({ name: 'open', text: OPEN, values: [setting, value, lockTimeout] }),
  ]);
  opening.catch(() => undefined);
  try {
    const result = await run(queryOn(connection));
    await opening;
    await connection.query('commit');
    return result;
  } catch (error) {
    // A connection that cannot even roll back is thrown away.
    await connection.query('rollback').catch((fault: Error) => (broken = fault));
    await opening;
    throw error;
  } finally {
    connection.release(broken);
  }
}
