import 'reflect-metadata';
import { Tenant } from '../identity/tenant.ts';
import { localBus } from '../platform/bus.ts';
import { parse } from '../platform/database-address.ts';
import { openDatabase } from '../platform/database.ts';
import { redisBus } from '../platform/redis-bus.ts';
import { replayInbox } from './replay-inbox.ts';

/** `pnpm replay --from 2026-11-24T00:00:00Z --to 2026-11-25T00:00:00Z`: has the webhooks of a stretch of time read again by the running workers. */
async function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const { from, to } = stretchOf(args);
  if (!env.DATABASE_URL) throw new Error('DATABASE_URL says which database it is about.');
  const database = await openDatabase(parse(env.DATABASE_URL), [Tenant]);
  const bus = env.REDIS_URL ? await redisBus(env.REDIS_URL, () => undefined) : localBus();
  try {
    const count = await replayInbox({ database, bus }, { from, to });
    return `${count} webhooks are read again.\n`;
  } finally {
    await bus.close();
    await database.close();
  }
}

/** The two moments. Throws with what to write instead. */
export function stretchOf(args: readonly string[]): { from: Date; to: Date } {
  const momentAfter = (name: string) => new Date(args[args.indexOf(name) + 1] ?? '');
  const [from, to] = [momentAfter('--from'), momentAfter('--to')];
  const isGood = args.includes('--from') && args.includes('--to') && from.getTime() < to.getTime();
  if (!isGood) throw new Error('Say which webhooks: --from 2026-11-24T00:00:00Z --to 2026-11-25T00:00:00Z');
  return { from, to };
}

if (import.meta.main) {
  try {
    process.stdout.write(await run(process.argv.slice(2), process.env));
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}
