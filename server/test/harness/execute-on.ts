import { Client } from 'pg';
import { toPgOptions, type DatabaseAddress } from '../../src/platform/database-address.ts';

/** Runs one statement on a connection of its own. */
export async function executeOn(address: DatabaseAddress, sql: string): Promise<void> {
  const client = new Client(toPgOptions(address));
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
