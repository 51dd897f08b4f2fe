import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import type { DatabaseAddress } from '../../src/platform/database-address.ts';
import { executeOn } from './execute-on.ts';
import { settle } from './until.ts';

export interface TestDatabase {
  /** The owner's login, as `DATABASE_URL` would give it. */
  address: DatabaseAddress;
  /** Cuts whoever is still connected and deletes the database. */
  drop(): Promise<void>;
}

/** Makes an empty, migrated database for one test file, in some 30 ms. Call it in `beforeAll` and `drop` it in `afterAll`. */
export async function createDatabase(): Promise<TestDatabase> {
  const template = inject('template');
  const server = { ...template, database: 'postgres' };
  const address = { ...template, database: `cube_test_${randomBytes(6).toString('hex')}` };
  await executeOn(server, `create database ${address.database} template ${template.database}`);
  return { address, drop: () => dropDatabase(server, address.database) };
}

/**
 * PostgreSQL refuses to cut a process that has no role yet, such as an autovacuum worker or a connection in its first millisecond,
 * unless a superuser asks (42501, "permission denied to terminate process"); a moment later it can.
 */
export async function dropDatabase(server: DatabaseAddress, name: string): Promise<void> {
  for (let triesLeft = 20; ; triesLeft--) {
    try {
      return await executeOn(server, `drop database ${name} with (force)`);
    } catch (error) {
      if (triesLeft === 0 || (error as { code?: string }).code !== '42501') throw error;
      await settle(100);
    }
  }
}
