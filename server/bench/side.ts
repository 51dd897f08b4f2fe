import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { startFlags } from './start-flags.ts';

const LOADER = new URL('../typescript.mjs', import.meta.url).href;

/** A process of the bench. It is asked one thing at a time and answers. */
export class Side {
  private readonly child: ChildProcess;
  private readonly waiting: { resolve: (answer: unknown) => void; reject: (error: Error) => void }[] = [];

  constructor(
    readonly name: string,
    file: string,
  ) {
    const profile = process.env['BENCH_PROFILE'] === name ? ['--cpu-prof', '--cpu-prof-dir=bench-profile'] : [];
    const execArgv = [...startFlags(), '--import', LOADER, ...profile];
    this.child = fork(fileURLToPath(new URL(file, import.meta.url)), { execArgv, serialization: 'advanced' });
    this.child.on('message', (message: { answer: unknown; failure?: string }) => {
      const next = this.waiting.shift();
      if (message.failure === undefined) next?.resolve(message.answer);
      else next?.reject(new Error(`${name}: ${message.failure}`));
    });
    this.child.on('exit', (code, signal) => {
      for (const { reject } of this.waiting.splice(0)) reject(new Error(`${name} ended with ${code ?? signal}.`));
    });
  }

  ask<Answer>(question: string, ...args: unknown[]): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve: resolve as (answer: unknown) => void, reject });
      this.child.send({ question, args });
    });
  }

  /** CPU time spent so far, user and system, in µs. */
  async cpu(): Promise<number> {
    const { user, system } = await this.ask<NodeJS.CpuUsage>('cpu');
    return user + system;
  }

  async end(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.send({ question: 'end', args: [] });
    const late = setTimeout(() => this.child.kill('SIGKILL'), 15_000);
    await ended;
    clearTimeout(late);
  }
}

type Answers = Record<string, (...args: never[]) => unknown>;

/** The other end of a `Side`: answers what the process is asked, one question after the other. */
export function answer(answers: Answers): void {
  const all: Answers = { cpu: () => process.cpuUsage(), memory: () => process.memoryUsage(), ...answers };
  let last: Promise<unknown> = Promise.resolve();
  process.on('message', ({ question, args }: { question: string; args: never[] }) => {
    last = last.then(async () => {
      try {
        const result = await all[question]?.(...args);
        if (question === 'end') process.exit(0);
        process.send?.({ answer: result });
      } catch (error) {
        process.send?.({ answer: null, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      }
    });
  });
  process.on('disconnect', () => process.exit(1));
}
