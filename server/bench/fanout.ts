import { randomBytes } from 'node:crypto';
import { FanoutRun, type Part, type SideName, SUBSCRIBERS } from './fanout-run.ts';
import { writeMessages } from './messages.ts';
import type { Outcome } from './outcome.ts';
import { Side } from './side.ts';
import { createWorld } from './world.ts';

const SIZES = [10, 100, 1000];
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 7);
/** After so long, in ms, no round is begun that is not needed. */
const LONGEST = 8 * 60_000;

/**
 * CPU time of the server per frame delivered to 1,000 subscribers, in groups of 10, 100 and 1,000, each group a tenant of its own: the product, with its
 * database, authentication, guards and bounds, against bare `ws.send`. Events come ten of a tenant in one transaction, as the worker commits under load;
 * beside it, and not counted in the ratio, one by one.
 */
export async function benchFanout(): Promise<Outcome> {
  const deadline = performance.now() + LONGEST;
  const world = await createWorld(SUBSCRIBERS / Math.min(...SIZES));
  const messages = await writeMessages(world, 20);
  const sides = {
    ours: new Side('ours', './serve-product.ts'),
    raw: new Side('raw', './serve-raw.ts'),
    naive: new Side('naive', './serve-naive.ts'),
  };
  const clients = new Side('clients', './clients.ts');
  try {
    const ports: Record<SideName, number> = {
      ours: await sides.ours.ask('start', world.address, 'api', randomBytes(8).toString('hex')),
      raw: await sides.raw.ask('start'),
      naive: await sides.naive.ask('start'),
    };
    const counted: Record<string, Part> = {};
    const beside: Record<string, Part> = {};
    for (const size of SIZES) {
      const run = new FanoutRun(world, messages, sides, clients, size);
      await run.open(ports);
      await run.verify();
      counted[`groups of ${size}`] = await run.measure({ events: 200, atOnce: 10, rounds: ROUNDS, deadline });
      beside[`groups of ${size}, one event at a time`] = await run.measure({ events: 50, atOnce: 1, rounds: 3, deadline });
      await run.close();
    }
    const [worst] = Object.values(counted).sort((a, b) => a.ratio - b.ratio) as [Part];
    return { goal: 'fanout', ...worst, min: 0.9, unit: 'cpu/delivery vs raw ws', parts: { ...counted, ...beside } };
  } finally {
    await Promise.all([...Object.values(sides), clients].map((side) => side.end()));
    await world.close();
  }
}
