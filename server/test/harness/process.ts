import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { DatabaseAddress } from '../../src/platform/database-address.ts';

const REPOSITORY = fileURLToPath(new URL('../../../', import.meta.url));

/** The product as a process of its own, as people start it. */
export interface RunningProcess {
  child: ChildProcess;
  /** All it has said so far, on both outputs. */
  output(): string;
  /** Resolves with the first match of a pattern in what it says; throws when it ends before, or after 25 s. */
  said(pattern: RegExp): Promise<RegExpExecArray>;
  /** Sends a signal and gives the exit code, or null after kill −9. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** Starts `server/src/main.ts` with these settings and nothing else of this process's environment but its PATH. */
export function startProcess(settings: Record<string, string>): RunningProcess {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, ['--import', './server/typescript.mjs', 'server/src/main.ts'], {
    cwd: REPOSITORY,
    env: { PATH, HOME, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (chunk: Buffer) => (output += chunk.toString());
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  return {
    child,
    output: () => output,
    said: async (pattern) => {
      for (const until = Date.now() + 25_000; ;) {
        const match = pattern.exec(output);
        if (match) return match;
        if (child.exitCode !== null || child.signalCode || Date.now() > until)
          throw new Error(`It never said ${pattern}:\n${output}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    end: async (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}

/** The address as `DATABASE_URL` takes it. */
export function databaseUrl({ host, port, user, password, database }: DatabaseAddress): string {
  const login = encodeURIComponent(user) + (password ? `:${encodeURIComponent(password)}` : '');
  if (host.startsWith('/')) return `postgres://${login}@socket:${port}/${database}?host=${encodeURIComponent(host)}`;
  return `postgres://${login}@${host}:${port}/${database}`;
}
