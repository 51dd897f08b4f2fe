import { Client, type QueryResultRow } from 'pg';
import { type DatabaseAddress, toPgOptions } from '../../src/platform/database-address.ts';

export interface Connection {
  /** Gives the rows of one statement. */
  rows<Row extends QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** Gives how many rows one statement touched. */
  count(sql: string, values?: unknown[]): Promise<number>;
  /** Gives PostgreSQL's code for why a statement was refused, or `accepted`; whatever it did is undone. */
  codeOf(sql: string, values?: unknown[]): Promise<string>;
  /** From here on rows of these tenants are in sight: one as the application names it, a set as the worker does. Without any, none is. */
  see(...tenantIds: string[]): Promise<void>;
  end(): Promise<void>;
}

/** A connection as the database's owner, or as one of the product's working roles. */
export async function connect(address: DatabaseAddress, role?: 'cube_app' | 'cube_worker'): Promise<Connection> {
  const client = new Client({ ...toPgOptions(address), ...(role && { options: `-c role=${role}` }) });
  await client.connect();
  const rows = async <Row extends QueryResultRow>(sql: string, values: unknown[] = []) =>
    (await client.query<Row>(sql, values)).rows;
  return {
    rows,
    count: async (sql, values = []) => (await client.query(sql, values)).rowCount ?? 0,
    codeOf: async (sql, values = []) => {
      await client.query('begin');
      await client.query('set constraints all immediate');
      try {
        await client.query(sql, values);
        return 'accepted';
      } catch (error) {
        return (error as { code?: string }).code ?? String(error);
      } finally {
        await client.query('rollback');
      }
    },
    see: async (...tenantIds) => {
      await rows(`select set_config('app.tenant_id', $1, false), set_config('app.tenant_ids', $2, false)`, [
        tenantIds[0] ?? '',
        tenantIds.length ? `{${tenantIds.join(',')}}` : '',
      ]);
    },
    end: () => client.end(),
  };
}
