import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { canReach, serverUser } from './postgres-user.ts';

const LASTING_PLACE = '/var/lib/cube-connect';
const OUR_ENTRIES = [
  'postgres',
  'postgres.new',
  'postgres.log',
  'socket',
  'media',
  'running.json',
  'master.key',
  'demo.json',
  'where.json',
];

/**
 * Gives the folder in which the embedded database and the master key live, and makes it if needed. That is `home`, unless PostgreSQL's
 * user cannot enter it (a root home is closed to others): then it is a folder of its own under /var/lib, or the temporary folder
 * where that cannot be written, and `where.json` in `home` says where.
 */
export function dataFolder(home: string): string {
  const moved = movedDataFolder(home);
  if (moved) return moved;
  const user = serverUser();
  mkdirSync(home, { recursive: true, mode: user ? 0o755 : 0o700 });
  const real = realpathSync(home);
  if (canReach(real, user)) return real;
  const folder = mkdtempSync(path.join(lastingPlace(), 'data-'));
  // Made closed; the server's user must pass through it to its own folders, which stay closed.
  chmodSync(folder, 0o755);
  writeFileSync(whereFile(home), `${JSON.stringify({ data: folder })}\n`);
  return folder;
}

/** The data folder that `home` already has, here or elsewhere; undefined when nothing was ever started on it. */
export function existingDataFolder(home: string): string | undefined {
  return movedDataFolder(home) ?? (existsSync(home) ? realpathSync(home) : undefined);
}

function movedDataFolder(home: string): string | undefined {
  if (!existsSync(whereFile(home))) return undefined;
  const { data } = JSON.parse(readFileSync(whereFile(home), 'utf8')) as { data: string };
  return existsSync(data) ? data : undefined;
}

/**
 * Deletes what the product keeps in `home` and in the folder it points to. Nothing may run on them any more. Only our own entries go:
 * somebody may have set CUBE_HOME to a folder that holds other things too.
 */
export function deleteDataFolder(home: string): void {
  const moved = movedDataFolder(home);
  for (const folder of moved ? [moved, home] : [home]) {
    for (const entry of OUR_ENTRIES) rmSync(path.join(folder, entry), { recursive: true, force: true });
    if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
  }
}

/** A place that other users can enter and that, where possible, survives a reboot. */
export function lastingPlace(): string {
  try {
    mkdirSync(LASTING_PLACE, { recursive: true, mode: 0o755 });
    accessSync(LASTING_PLACE, constants.W_OK);
    return LASTING_PLACE;
  } catch {
    return os.tmpdir();
  }
}

function whereFile(home: string): string {
  return path.join(home, 'where.json');
}
