import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { vi } from 'vitest';

/** The ORM brings a driver of its own, which may be another copy than ours. */
const ofTheOrm = createRequire(realpathSync(fileURLToPath(new URL('../../node_modules/@mikro-orm/postgresql/package.json', import.meta.url))));
const clients = new Set([pg.Client, (ofTheOrm('pg') as typeof pg).Client]);

/** The looks that a process takes now and then by itself are nobody's statements. */
const isOwn = (text: string) => /event_heads|cube_now\(\) as now|from send_queue|webhook_inbox/.test(text);

/** Runs something and gives the statements that went to PostgreSQL meanwhile from this process. */
export async function statementsOf(run: () => Promise<unknown>): Promise<{ text: string; values: unknown[] }[]> {
  const seen: { text: string; values: unknown[] }[] = [];
  const spies = [...clients].map((client) => {
    const query = client.prototype.query as (...args: unknown[]) => unknown;
    return vi.spyOn(client.prototype, 'query').mockImplementation(function (this: unknown, ...args: unknown[]) {
      const [given, values] = args;
      const config = typeof given === 'string' ? { text: given, values } : (given as { text?: string; values?: unknown });
      seen.push({ text: config.text ?? '', values: (config.values ?? values ?? []) as unknown[] });
      return query.apply(this, args);
    } as never);
  });
  try {
    await run();
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return seen.filter(({ text }) => !isOwn(text));
}
