import { execFile } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import type { ServerUser } from './postgres-user.ts';

export const MAJOR_VERSION = '18';
export const OWNER = 'cube_owner';
export const DATABASE = 'cube';

/** Makes the files of a new server in `dataDir` unless they are there. Throws when they were written by another major version. */
export async function createCluster(
  binaries: string,
  dataDir: string,
  user: ServerUser | undefined,
  sync: boolean,
): Promise<void> {
  const versionFile = path.join(dataDir, 'PG_VERSION');
  if (existsSync(versionFile)) {
    const found = readFileSync(versionFile, 'utf8').trim();
    if (found === MAJOR_VERSION) return;
    throw new Error(
      `${dataDir} was written by PostgreSQL ${found}; this program brings ${MAJOR_VERSION}. "pnpm reset" deletes it.`,
    );
  }
  // Made beside and renamed: a start that is cut short leaves no half-made server behind.
  const unfinished = `${dataDir}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  makePrivateFolder(unfinished, user);
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const options = [
    '-D',
    unfinished,
    '-U',
    'postgres',
    '--auth=trust',
    '--no-instructions',
    ...locale,
    ...(sync ? [] : ['--no-sync']),
  ];
  await promisify(execFile)(path.join(binaries, 'initdb'), options, { cwd: '/', env: { LC_ALL: 'C', TZ: 'UTC' }, ...user });
  renameSync(unfinished, dataDir);
}

/** Makes a folder that only the server's user can enter. */
export function makePrivateFolder(folder: string, user: ServerUser | undefined): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (user) chownSync(folder, user.uid, user.gid);
}

/**
 * Makes the role that owns the product's database, and that database, unless they are there: the product never logs in as the superuser,
 * for whom row-level security does not hold. Gives the server's version.
 */
export async function createOwner(socket: string, port: number, mayCreateDatabases: boolean): Promise<string> {
  const client = new Client({ host: socket, port, user: 'postgres', database: 'postgres' });
  await client.connect();
  try {
    const { rows } = await client.query<{ version: string; roles: number; databases: number }>(
      `select current_setting('server_version') as version,
              (select count(*)::int from pg_roles where rolname = $1) as roles,
              (select count(*)::int from pg_database where datname = $2) as databases`,
      [OWNER, DATABASE],
    );
    const found = rows[0]!;
    const attributes = `login createrole nosuperuser nobypassrls ${mayCreateDatabases ? 'createdb' : 'nocreatedb'}`;
    if (found.roles === 0) await client.query(`create role ${OWNER} ${attributes}`);
    if (found.databases === 0) await client.query(`create database ${DATABASE} owner ${OWNER}`);
    return found.version;
  } finally {
    await client.end();
  }
}
