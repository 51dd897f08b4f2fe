import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { processIdentity } from './running-process.ts';

interface Holder {
  pid: number;
  identity: string | undefined;
}

/**
 * Takes a data folder for this process alone, and gives the function that releases it. A lock left by a killed process is taken over.
 * Throws when another process that still runs holds it.
 */
export function lockDataFolder(folder: string): () => void {
  const file = lockFile(folder);
  const mine: Holder = { pid: process.pid, identity: processIdentity(process.pid) };
  const holder = dataFolderHolder(folder);
  if (holder) throw new Error(`Process ${holder} already runs on ${folder}. Stop it, or set CUBE_HOME to another folder.`);
  rmSync(file, { force: true });
  // `wx`: of two that start at the same moment, one fails here.
  writeFileSync(file, JSON.stringify(mine), { flag: 'wx', mode: 0o644 });
  return () => rmSync(file, { force: true });
}

/** The number of the process that holds the folder and still runs, if any. */
export function dataFolderHolder(folder: string): number | undefined {
  try {
    const { pid, identity } = JSON.parse(readFileSync(lockFile(folder), 'utf8')) as Holder;
    return identity !== undefined && processIdentity(pid) === identity ? pid : undefined;
  } catch {
    return undefined;
  }
}

function lockFile(folder: string): string {
  return path.join(folder, 'running.json');
}
