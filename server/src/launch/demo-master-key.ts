import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readMasterKeys } from '../platform/master-keys.ts';
import type { MasterKey } from '../platform/settings.ts';

/**
 * Gives the demo's own master key, made at the first start and kept in `master.key` of `folder`, readable by its owner alone. `folder` is
 * where the database lives, or the data folder when the database is elsewhere: without the key its values cannot be opened again.
 */
export function demoMasterKey(folder: string): MasterKey {
  const file = path.join(folder, 'master.key');
  return readKey(file) ?? makeKey(file);
}

function readKey(file: string): MasterKey | undefined {
  try {
    return readMasterKeys(readFileSync(file, 'utf8').trim())[0];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`${file} cannot be read (${(error as Error).message}). "pnpm reset" starts anew.`, { cause: error });
  }
}

/** Written whole under another name, then linked, which fails if another process was quicker: then that key counts. */
function makeKey(file: string): MasterKey {
  mkdirSync(path.dirname(file), { recursive: true });
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, `demo:${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flush: true });
  try {
    linkSync(unfinished, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(unfinished, { force: true });
  }
  return readKey(file)!;
}
