import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { CloudApi } from '../../src/whatsapp/cloud-api.ts';

/** The six places at which a process may die while a message goes out. */
export const POINTS = ['before commit', 'after commit', 'leased', 'written', 'answered', 'recorded'] as const;
export type Point = (typeof POINTS)[number];

const ofTheOrm = createRequire(
  realpathSync(fileURLToPath(new URL('../../node_modules/@mikro-orm/postgresql/package.json', import.meta.url))),
);

interface Seen {
  text: string;
  /** All that went over this connection since its transaction began. */
  transaction: string[];
}

interface Watch {
  /** Before a statement goes out; what it gives is waited for instead. */
  before?: (seen: Seen) => Promise<never> | undefined;
  /** After its answer came; what it gives is waited for before anybody hears of it. */
  after?: (seen: Seen, rows: number) => Promise<never> | undefined;
}

/** Kills this process, as nothing but SIGKILL can, once `most` messages have come to the point. */
export function dieAt(point: Point, most: number): void {
  let reached = 0;
  const arrive = (count = 1) => {
    reached += count;
    if (reached >= most) process.kill(process.pid, 'SIGKILL');
  };
  const ends = ({ text, transaction }: Seen, doing: string) =>
    /^commit/i.test(text) && transaction.some((statement) => statement.includes(doing));
  // Whoever comes to the point stays there, so that all are there together.
  const stay = (count = 1): Promise<never> => {
    arrive(count);
    return new Promise(() => undefined);
  };
  switch (point) {
    case 'before commit':
      return watchQueries({ before: (seen) => (ends(seen, 'enqueue_send') ? stay() : undefined) });
    case 'after commit':
      return watchQueries({ after: (seen) => (ends(seen, 'enqueue_send') ? stay() : undefined) });
    case 'leased':
      return watchQueries({ after: ({ text }, rows) => (text.includes('wanted.room') ? stay(rows) : undefined) });
    case 'recorded':
      watchQueries({ after: (seen) => (ends(seen, 'delete from send_queue') ? stay(most) : undefined) });
      return watchSends(most, () => undefined);
    case 'written':
      return watchWrites(() => setTimeout(arrive, 30));
    case 'answered':
      return watchSends(Infinity, arrive);
  }
}

function watchQueries({ before, after }: Watch): void {
  for (const client of new Set([pg.Client, (ofTheOrm('pg') as typeof pg).Client])) {
    const query = client.prototype.query as (...args: unknown[]) => Promise<{ rowCount: number | null }>;
    const transactions = new WeakMap<object, string[]>();
    client.prototype.query = function (this: object, ...args: unknown[]) {
      const [given] = args;
      const text = typeof given === 'string' ? given : ((given as { text?: string }).text ?? '');
      const transaction = /^begin|^start/i.test(text) ? [] : (transactions.get(this) ?? []);
      transactions.set(this, [...transaction, text]);
      const wait = before?.({ text, transaction });
      if (wait) return wait;
      const result = query.apply(this, args);
      if (!after || !(result instanceof Promise)) return result;
      return result.then((answer) => after({ text, transaction }, answer.rowCount ?? 0) ?? answer);
    } as typeof client.prototype.query;
  }
}

/** Holds back the answers of Meta until so many are there. */
function watchSends(most: number, onAnswer: () => void): void {
  const send = CloudApi.prototype.send;
  let answers = 0;
  let letGo: () => void = () => undefined;
  const enough = new Promise<void>((resolve) => (letGo = resolve));
  CloudApi.prototype.send = async function (this: CloudApi, ...args: Parameters<typeof send>) {
    const outcome = await send.apply(this, args);
    onAnswer();
    if (++answers >= most) letGo();
    await enough;
    return outcome;
  };
}

function watchWrites(onWritten: () => void): void {
  const send = CloudApi.prototype.send;
  CloudApi.prototype.send = function (this: CloudApi, message, options) {
    const both = () => {
      options?.onWritten?.();
      onWritten();
    };
    return send.call(this, message, { ...options, onWritten: both });
  };
}
