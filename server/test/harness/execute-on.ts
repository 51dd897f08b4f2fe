import { Client } from 'pg';
import { toPgOptions, type DatabaseAddress } from '../../src/platform/database-address.ts';

/** How connections of `executeOn` are called: whoever cuts all others spares them. */
export const TEST_CONNECTION = 'test';

/** Runs one statement on a connection of its own. */
export async function executeOn(address: DatabaseAddress, sql: string): Promise<void> {
  const client = new Client({ ...toPgOptions(address), application_name: TEST_CONNECTION });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
