import type { Pool } from './database.ts';
import { type Query, queryOn } from './query.ts';

/** Runs statements of one tenant as plain SQL in one transaction. A throw rolls back. */
export async function tenantQuery<T>(pool: Pool, tenantId: string, run: (query: Query) => Promise<T>): Promise<T> {
  return inTransaction(pool, 'app.tenant_id', tenantId, run);
}

/** The worker's form: a transaction that may touch exactly the named tenants. */
export async function tenantsQuery<T>(pool: Pool, tenantIds: Iterable<string>, run: (query: Query) => Promise<T>): Promise<T> {
  return inTransaction(pool, 'app.tenant_ids', `{${[...tenantIds].join(',')}}`, run);
}

async function inTransaction<T>(pool: Pool, setting: string, value: string, run: (query: Query) => Promise<T>): Promise<T> {
  const connection = await pool.connect();
  let broken: Error | undefined;
  try {
    await connection.query('begin');
    await connection.query({ name: 'set_config', text: 'select set_config($1, $2, true)', values: [setting, value] });
    const result = await run(queryOn(connection));
    await connection.query('commit');
    return result;
  } catch (error) {
    // A connection that cannot even roll back is thrown away.
    await connection.query('rollback').catch((fault: Error) => (broken = fault));
    throw error;
  } finally {
    connection.release(broken);
  }
}
