import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { hasEnded, processIdentity, wasStartedWith } from './running-process.ts';

/** What PostgreSQL writes into `postmaster.pid`, line by line. */
interface PidFile {
  pid: number;
  isReady: boolean;
}

/** Tells whether the server with this process number says that it takes connections on `dataDir`. */
export function isReady(dataDir: string, pid: number): boolean {
  const file = readPidFile(dataDir);
  return file?.pid === pid && file.isReady;
}

/**
 * Stops the server that a killed parent left running on `dataDir`, and that one only: PostgreSQL keeps the process number there.
 * Gives true if there was one.
 */
export async function stopLeftServer(dataDir: string): Promise<boolean> {
  const file = readPidFile(dataDir);
  // A number that nobody carries is left to PostgreSQL, which then makes sure that no process of that server is left either.
  if (!file || !processIdentity(file.pid)) return false;
  if (!wasStartedWith(file.pid, dataDir)) {
    // After a reboot the number belongs to somebody else, and PostgreSQL would take them for its server.
    rmSync(path.join(dataDir, 'postmaster.pid'), { force: true });
    return false;
  }
  await stopServer(file.pid);
  return true;
}

/** Ends a server: its clients are cut and everything is written down; after 10 s it is ended as a crash would. */
export async function stopServer(pid: number): Promise<void> {
  signal(pid, 'SIGINT');
  if (await hasEnded(pid, 10_000)) return;
  signal(pid, 'SIGQUIT');
  if (!(await hasEnded(pid, 5_000))) throw new Error(`PostgreSQL (process ${pid}) does not stop.`);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function readPidFile(dataDir: string): PidFile | undefined {
  try {
    const lines = readFileSync(path.join(dataDir, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), isReady: lines[7]?.trim() === 'ready' };
  } catch {
    return undefined;
  }
}
