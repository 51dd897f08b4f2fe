import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

export interface Statement {
  text: string;
  values: unknown[];
}

/** Where statements are noted while somebody wants to know them. */
let noted: Statement[] | null = null;

/** The ORM brings a driver of its own, which may be another copy than ours. */
const ofTheOrm = createRequire(
  realpathSync(fileURLToPath(new URL('../../node_modules/@mikro-orm/postgresql/package.json', import.meta.url))),
);

// Once and for good, before there is any connection: some keep the function they found when they were opened.
for (const client of new Set([pg.Client, (ofTheOrm('pg') as typeof pg).Client])) {
  const query = client.prototype.query as (...args: unknown[]) => unknown;
  client.prototype.query = function (this: unknown, ...args: unknown[]) {
    const [given, values] = args;
    const config = typeof given === 'string' ? { text: given, values } : (given as { text?: string; values?: unknown });
    noted?.push({ text: config.text ?? '', values: (config.values ?? values ?? []) as unknown[] });
    return query.apply(this, args);
  } as typeof client.prototype.query;
}

/** The looks that a process takes now and then by itself are nobody's statements. */
const isOwn = ({ text }: Statement) => /event_heads|cube_now\(\) as now|send_queue|webhook_inbox|pg_database/.test(text);

/** Runs something and gives the statements that went to PostgreSQL meanwhile from this process. */
export async function statementsOf(run: () => Promise<unknown>): Promise<Statement[]> {
  const own: Statement[] = [];
  noted = own;
  try {
    await run();
  } finally {
    noted = null;
  }
  return own.filter((statement) => !isOwn(statement));
}
