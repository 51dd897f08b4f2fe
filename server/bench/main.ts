import 'reflect-metadata';
import { benchBulk } from './bulk.ts';
import { benchFanout } from './fanout.ts';
import { benchIngest } from './ingest.ts';
import { benchLatency } from './latency.ts';
import type { Outcome } from './outcome.ts';
import { benchSend } from './send.ts';

const GOALS = ['fanout', 'latency', 'ingest', 'bulk', 'send', 'query', 'memory', 'start', 'growth', 'web'];
const BUILT: Record<string, () => Promise<Outcome>> = {
  fanout: benchFanout,
  latency: benchLatency,
  ingest: benchIngest,
  bulk: benchBulk,
  send: benchSend,
};

/** `pnpm bench <goal>`: the last line it prints is the outcome as JSON. */
async function run(goal: string | undefined): Promise<number> {
  if (!goal || !GOALS.includes(goal)) {
    console.error(`Name a goal: ${GOALS.join(', ')}.`);
    return 1;
  }
  const bench = BUILT[goal];
  if (!bench) {
    console.error(`The bench for "${goal}" is not built yet.`);
    return 1;
  }
  console.log(JSON.stringify(await bench()));
  return 0;
}

run(process.argv[2]).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
