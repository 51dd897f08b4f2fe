import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';

const PROGRAM = fileURLToPath(new URL('../../simulator/main.ts', import.meta.url));
const COMPILED = fileURLToPath(new URL('../../../node_modules/.cache/compiled', import.meta.url));
const SERVER_FOLDER = fileURLToPath(new URL('../../', import.meta.url));

export interface SimulatorOptions {
  /** Where it posts what customers write and what becomes of messages. */
  webhookUrl: string;
  appSecret: string;
  verifyToken: string;
  /** The same seed gives the same customers' words. */
  seed?: string;
  numbers: { phoneNumberId: string; displayPhone: string; name: string; wabaId: string; token: string }[];
  customers: { phone: string; name: string; phoneNumberId: string; locale: 'ar' | 'en' }[];
  /** Templates that Meta has, in the simulator's own shape. */
  templates?: object[];
  /** Whether customers write on their own. */
  customersWrite: boolean;
  /** Told when it died and is started again. */
  report: (line: string) => void;
  /** The program to run, for tests. */
  program?: string;
}

export interface SimulatorProcess {
  /** Stands for `WHATSAPP_GRAPH_URL`; it stays the same when the process is started again. */
  url: string;
  pid: number;
  stop(): Promise<void>;
}

const READY_WITHIN = 20_000;
const LONGEST_PAUSE = 10_000;

/** Runs WhatsApp's side of the demo as a process of its own, and runs it again whenever it dies. Throws when it never gets ready. */
export async function startSimulatorProcess(options: SimulatorOptions): Promise<SimulatorProcess> {
  let isStopping = false;
  let pause = 500;
  let timer: NodeJS.Timeout | undefined;
  let current = await run(options, '0');
  const { port } = new URL(current.url);

  const watch = (child: ChildProcess) => child.once('exit', () => isStopping || restartLater());
  const restartLater = () => {
    options.report(`The WhatsApp simulator died; it starts again in ${pause} ms.`);
    timer = setTimeout(() => void restart(), pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  };
  const restart = async () => {
    try {
      current = await run(options, port);
      if (isStopping) return void end(current.child);
      pause = 500;
      watch(current.child);
    } catch {
      if (!isStopping) restartLater();
    }
  };
  watch(current.child);

  return {
    url: current.url,
    get pid() {
      return current.child.pid!;
    },
    stop: async () => {
      isStopping = true;
      clearTimeout(timer);
      await end(current.child);
    },
  };
}

/** Starts it once; it says `{"url": …}` on its first line when it answers. It ends by itself when its standard input closes. */
async function run(options: SimulatorOptions, port: string): Promise<{ child: ChildProcess; url: string }> {
  // Its files have only types to strip, which Node does by itself.
  const child = spawn(process.execPath, ['--max-semi-space-size=2', options.program ?? PROGRAM], {
    cwd: SERVER_FOLDER,
    env: environment(options, port),
    stdio: ['pipe', 'pipe', 'inherit'],
    // A group of its own: Ctrl-C must not take it away while the server still finishes its sends.
    detached: true,
  });
  return new Promise((resolve, reject) => {
    const fail = (reason: string) => {
      child.kill('SIGKILL');
      reject(new Error(`The WhatsApp simulator ${reason}.`));
    };
    const limit = setTimeout(() => fail('did not get ready'), READY_WITHIN);
    child.once('error', (error) => fail(`could not be started (${error.message})`));
    child.once('exit', (code) => fail(`ended with ${code}`));
    createInterface({ input: child.stdout }).once('line', (line) => {
      const url = readUrl(line);
      if (!url) return fail(`said "${line}" instead of its address`);
      clearTimeout(limit);
      child.removeAllListeners('exit');
      resolve({ child, url });
    });
    child.once('close', () => clearTimeout(limit));
  });
}

function readUrl(line: string): string | undefined {
  try {
    return (JSON.parse(line) as { url?: string }).url;
  } catch {
    return undefined;
  }
}

/** Nothing else of our own environment: it may hold the database's address and master keys, which are none of WhatsApp's business. */
function environment(options: SimulatorOptions, port: string): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return {
    PATH,
    HOME,
    TMPDIR,
    NODE_COMPILE_CACHE: COMPILED,
    SIM_PORT: port,
    SIM_WEBHOOK_URL: options.webhookUrl,
    SIM_APP_SECRET: options.appSecret,
    SIM_VERIFY_TOKEN: options.verifyToken,
    ...(options.seed && { SIM_SEED: options.seed }),
    SIM_NUMBERS: JSON.stringify(options.numbers),
    SIM_CUSTOMERS: JSON.stringify(options.customers),
    SIM_TEMPLATES: JSON.stringify(options.templates ?? []),
    SIM_CUSTOMERS_WRITE: options.customersWrite ? 'on' : 'off',
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.stdin?.end();
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), 3000);
  await ended;
  clearTimeout(force);
}
