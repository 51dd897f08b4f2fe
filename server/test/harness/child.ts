import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { DatabaseAddress } from '../../src/platform/database-address.ts';
import { MASTER_KEY } from './messaging.ts';
import { databaseUrl } from './process.ts';

const REPOSITORY = fileURLToPath(new URL('../../../', import.meta.url));

export interface Child {
  child: ChildProcess;
  /** The first line it said: that it is ready, or where it answers. */
  line: string;
  /** Tells one that waits for it to begin. */
  begin(line?: string): void;
  /** Resolves with what ended it. */
  ended: Promise<NodeJS.Signals | null>;
}

/** Starts one of the processes beside this file on a test database, and resolves once it is ready. */
export async function startChild(
  file: 'worker-process' | 'api-process' | 'doomed-process',
  address: DatabaseAddress,
  metaUrl: string,
  settings: Record<string, string> = {},
): Promise<Child> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=DeprecationWarning', '--import', './server/typescript.mjs', `server/test/harness/${file}.ts`],
    {
      cwd: REPOSITORY,
      env: {
        ...process.env,
        TEST_DATABASE: databaseUrl(address),
        TEST_META: metaUrl,
        TEST_MASTER_KEY: MASTER_KEY.bytes.toString('hex'),
        ...settings,
      },
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  const ended = once(child, 'exit').then(([, signal]) => signal as NodeJS.Signals | null);
  const [line] = (await Promise.race([once(child.stdout as NodeJS.ReadableStream, 'data'), ended.then(() => [''])])) as [Buffer];
  return { child, line: line.toString().trim(), begin: (words = '') => void child.stdin?.write(`${words}\n`), ended };
}
