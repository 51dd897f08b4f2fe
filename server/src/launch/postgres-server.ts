import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import type { ServerUser } from './postgres-user.ts';
import { isReady } from './postmaster.ts';

export interface ServerRun {
  program: string;
  dataDir: string;
  settings: string[];
  /** The file its log goes to, begun anew at each start. */
  log: string;
  user: ServerUser | undefined;
}

const READY_WITHIN = 60_000;
const OTHERS_END_WITHIN = 10_000;

/** Runs the server and waits until it takes connections. Throws with the end of its log when it ends before that. */
export async function runServer(run: ServerRun): Promise<ChildProcess> {
  for (const end = Date.now() + OTHERS_END_WITHIN; ;) {
    const server = spawnServer(run);
    const failure = await untilReady(server, run.dataDir);
    if (!failure) return server;
    const log = readFileSync(run.log, 'utf8').trimEnd();
    // Of a server that was killed, single processes may still finish what they do.
    const isOccupied = /shared memory block .* is still in use/.test(log);
    if (!isOccupied || Date.now() > end) throw new Error(`PostgreSQL ${failure}:\n${log.split('\n').slice(-10).join('\n')}`);
    await pause(100);
  }
}

/** Detached: Ctrl-C reaches us alone, so that clients can be closed before the server. Its log is a file, which outlives us. */
function spawnServer({ program, dataDir, settings, log, user }: ServerRun): ChildProcess {
  const file = openSync(log, 'w', 0o600);
  const env = { LC_ALL: 'C', TZ: 'UTC' };
  const server = spawn(program, ['-D', dataDir, ...settings], {
    cwd: '/',
    env,
    stdio: ['ignore', file, file],
    detached: true,
    ...user,
  });
  closeSync(file);
  server.unref();
  return server;
}

/** Gives what went wrong, or undefined once it is ready. */
async function untilReady(server: ChildProcess, dataDir: string): Promise<string | undefined> {
  let failure: string | undefined;
  server.once('error', (error) => (failure = `could not be started (${error.message})`));
  server.once('exit', (code, signal) => (failure = `ended with ${signal ?? code}`));
  for (const end = Date.now() + READY_WITHIN; Date.now() < end; await pause(5)) {
    if (failure) return failure;
    if (server.pid && isReady(dataDir, server.pid)) return undefined;
  }
  server.kill('SIGQUIT');
  return 'was not ready after a minute';
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
