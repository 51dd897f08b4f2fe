import { readFileSync } from 'node:fs';
import pg from 'pg';
import { toPgOptions } from '../src/platform/database-address.ts';
import type { World } from './world.ts';

/**
 * CPU time that the database's processes have spent for their clients so far, in µs. What it does for all of them together (checkpoints, vacuum) is
 * left out: it falls on whoever happens to run. Reads /proc, so Linux only.
 */
export async function databaseCpu({ address }: World): Promise<number> {
  // As the owner of the database: the working roles may not see what others do.
  const client = new pg.Client(toPgOptions(address));
  await client.connect();
  try {
    const { rows } = await client.query<{ pid: number }>(
      `select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`,
    );
    let ns = 0;
    for (const { pid } of rows) ns += Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]);
    return ns / 1000;
  } finally {
    await client.end();
  }
}
