import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { startPostgres } from '../../src/launch/embedded-postgres.ts';
import { reset } from '../../src/launch/reset.ts';
import { buildWeb } from '../../src/launch/web-build.ts';
import { parse, type DatabaseAddress } from '../../src/platform/database-address.ts';
import { migrate } from '../../src/platform/migrate.ts';
import { executeOn } from './execute-on.ts';
import { dropDatabase } from './postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The run's PostgreSQL, as its owner; `database` is the migrated template that every test database is a copy of. */
    template: DatabaseAddress;
    /** Where the built web client is, or why there is none. */
    web: { folder?: string; fault?: string };
  }
}

/**
 * Gives the run one PostgreSQL of its own (or TEST_DATABASE_URL, an owner with CREATEDB and CREATEROLE) with one migrated template.
 * Roles belong to the whole server, so they are made here, once, before files run side by side.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  // Once for all files that open the web client: they run side by side.
  project.provide(
    'web',
    await buildWeb((line) => console.log(line)).then(
      (folder) => ({ folder }),
      (fault: Error) => ({ fault: fault.message }),
    ),
  );
  // Tests and the processes they start put files here; those that are killed clean up nothing.
  const media = mkdtempSync(path.join(os.tmpdir(), 'cube-test-media-'));
  process.env.TEST_MEDIA = media;
  const given = process.env.TEST_DATABASE_URL;
  const server = given ? { owner: parse(given), stop: async () => undefined } : await startPrivateServer();
  const template = { ...server.owner, database: `cube_template_${randomBytes(4).toString('hex')}` };
  try {
    await executeOn(server.owner, `create database ${template.database}`);
    await migrate(template);
    project.provide('template', template);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return async () => {
    await dropDatabase(server.owner, template.database);
    await server.stop();
    rmSync(media, { recursive: true, force: true });
  };
}

async function startPrivateServer(): Promise<{ owner: DatabaseAddress; stop: () => Promise<void> }> {
  const home = mkdtempSync(path.join(os.tmpdir(), 'cube-test-'));
  // Made closed; where root runs the tests, the server's own user must pass through it.
  chmodSync(home, 0o755);
  const { host, port, user, database, stop } = await startPostgres({
    home,
    fast: true,
    sharedBuffers: '128MB',
    maxConnections: 150,
  });
  return {
    owner: { host, port, user, database },
    stop: async () => {
      await stop();
      await reset(home);
    },
  };
}
