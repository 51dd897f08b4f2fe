import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import os from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { toPgOptions, type DatabaseAddress } from '../platform/database-address.ts';
import { startPostgres, type EmbeddedPostgres } from './embedded-postgres.ts';
import { reset } from './reset.ts';
import { hasEnded, processIdentity } from './running-process.ts';

const isRoot = process.getuid?.() === 0;
const homes: string[] = [];
const running: EmbeddedPostgres[] = [];
/** Most tests go on with the same folder: making a new one takes most of a second. */
let shared: string;

beforeAll(() => (shared = newHome()));
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
});
afterAll(async () => {
  for (const home of homes) {
    await reset(home);
    rmSync(home, { recursive: true, force: true });
  }
});

function newHome(mode = 0o755): string {
  const parent = mkdtempSync(path.join(os.tmpdir(), 'cube-pg-test-'));
  chmodSync(parent, mode);
  homes.push(parent);
  return parent;
}

async function start(home: string, fast = true): Promise<EmbeddedPostgres> {
  const server = await startPostgres({ home, fast });
  running.push(server);
  return server;
}

async function stop(server: EmbeddedPostgres): Promise<void> {
  running.splice(running.indexOf(server), 1);
  await server.stop();
}

async function query<Row extends object>(address: DatabaseAddress, sql: string): Promise<Row[]> {
  const client = new Client(toPgOptions(address));
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Starts a server from a process of its own, and kills that process as a power cut would. Gives the server's process number. */
async function startAndKillParent(home: string): Promise<number> {
  const module = JSON.stringify(fileURLToPath(new URL('./embedded-postgres.ts', import.meta.url)));
  const program = `const { startPostgres } = await import(${module});
    console.log((await startPostgres({ home: ${JSON.stringify(home)} })).pid); setInterval(() => {}, 1000);`;
  const cwd = fileURLToPath(new URL('../../', import.meta.url));
  const options = ['--import', '@oxc-node/core/register', '--input-type=module', '-e', program];
  const parent = spawn(process.execPath, options, { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
  const pid = await new Promise<string>((resolve, reject) => {
    createInterface({ input: parent.stdout }).once('line', resolve);
    parent.once('exit', (code) => reject(new Error(`ended with ${code}`)));
  });
  parent.kill('SIGKILL');
  await hasEnded(parent.pid!, 5000);
  return Number(pid);
}

test('the owner it makes is no superuser, and what is stored outlives a stop', async () => {
  const first = await start(shared);
  const sql = 'select rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = current_user';
  expect(await query(first, sql)).toEqual([{ rolsuper: false, rolbypassrls: false, rolcreaterole: true }]);
  expect(first.version).toMatch(/^18\./);
  await query(first, `create table kept as select 'ok' as word`);
  await stop(first);
  expect(processIdentity(first.pid)).toBeUndefined();

  const second = await start(shared);
  expect(await query(second, 'select word from kept')).toEqual([{ word: 'ok' }]);
});

test('when its parent was killed, the next start stops the server left behind and finds the data', async () => {
  const left = await startAndKillParent(shared);
  expect(processIdentity(left)).toBeDefined();

  const next = await start(shared);
  expect(processIdentity(left)).toBeUndefined();
  expect(await query(next, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('when the server itself was killed, the next start recovers what was committed', async () => {
  const first = await start(shared, false);
  await query(first, `create table recovered as select 'ok' as word`);
  const [backend] = await query<{ pid: number }>(first, 'select pid from pg_stat_activity where pid <> pg_backend_pid() limit 1');
  // One of its processes lives on for a while: nothing may start over it.
  process.kill(backend!.pid, 'SIGSTOP');
  setTimeout(() => process.kill(backend!.pid, 'SIGCONT'), 300);
  process.kill(first.pid, 'SIGKILL');
  await stop(first);

  const next = await start(shared, false);
  expect(await query(next, 'select word from recovered')).toEqual([{ word: 'ok' }]);
});

test('a second start on the same folder is refused, and the first goes on', async () => {
  const first = await start(shared);
  await expect(startPostgres({ home: shared })).rejects.toThrow(`Process ${process.pid} already runs on ${shared}`);
  expect(await query(first, 'select 1 as one')).toEqual([{ one: 1 }]);
  await expect(reset(shared)).rejects.toThrow('still runs');
});

test('reset stops a server that was left behind and deletes the data', async () => {
  const home = newHome();
  const left = await startAndKillParent(home);
  await reset(home);
  expect(processIdentity(left)).toBeUndefined();
  expect(existsSync(home)).toBe(false);
});

test('in a folder closed to others it starts all the same, for root with the data elsewhere, and reset follows them', async () => {
  const home = path.join(newHome(0o700), '.cube');
  homes.push(home);
  const first = await start(home);
  expect(first.folder.startsWith(home)).toBe(!isRoot);
  await query(first, `create table kept as select 'ok' as word`);
  await stop(first);

  const second = await start(home);
  expect(second.folder).toBe(first.folder);
  expect(await query(second, 'select word from kept')).toEqual([{ word: 'ok' }]);
  await stop(second);
  await reset(home);
  expect(existsSync(first.folder)).toBe(false);
});
