import { randomBytes } from 'node:crypto';
import { median, type Outcome, quantile, rounded } from './outcome.ts';
import type { PostsWanted } from './poster.ts';
import { Side } from './side.ts';
import { createWorld } from './world.ts';

const TENANTS = 20;
const AGENTS = 10;
const PER_SECOND = 2000;
const SECONDS = 3;
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 7);
/** In ms. */
const GOAL = { p50: 10, p99: 40 };
const QUERY = 'subscription { messageChanged { cursor change status message { id text direction createdAt } } }';

interface Round {
  p50: number;
  p99: number;
  /** CPU time of the server per webhook with its ten deliveries, in µs. */
  cpu: number;
}

/**
 * From the moment a webhook is sent to the moment an agent's socket has read the message, at 2,000 webhooks a second for 20 tenants with 10 agents each:
 * signature, inbox, ingest, log, fan-out, all in one server process with its database beside it.
 */
export async function benchLatency(): Promise<Outcome> {
  const world = await createWorld(TENANTS);
  const [server, clients, poster] = [
    new Side('ours', './serve-product.ts'),
    new Side('clients', './clients.ts'),
    new Side('poster', './poster.ts'),
  ];
  try {
    const appSecret = randomBytes(16).toString('hex');
    const port = await server.ask<number>('start', world.address, 'all', appSecret);
    for (const { apiKey } of world.tenants)
      await clients.ask('open', { set: 'agents', port, path: '/graphql', apiKey, count: AGENTS, query: QUERY });
    while ((await server.ask<number>('subscriptions')) < TENANTS * AGENTS)
      await new Promise((resolve) => setTimeout(resolve, 50));
    let received = 0;
    const run = async (perSecond: number): Promise<Round> => {
      await clients.ask('time', 'agents');
      const before = await server.cpu();
      const phoneNumberIds = world.tenants.map((tenant) => tenant.phoneNumberId);
      const wanted: PostsWanted = { port, appSecret, phoneNumberIds, perSecond, seconds: SECONDS };
      const { stored, refused } = await poster.ask<{ stored: number; refused: number }>('post', wanted);
      if (refused) throw new Error(`${refused} webhooks were refused.`);
      received += stored * AGENTS;
      await clients.ask('reached', 'agents', received, 20_000);
      const times = await clients.ask<number[]>('timed', 'agents');
      if (times.length !== stored * AGENTS) throw new Error(`${times.length} of ${stored * AGENTS} deliveries were timed.`);
      const round = {
        p50: rounded(quantile(times, 0.5)),
        p99: rounded(quantile(times, 0.99)),
        cpu: rounded(((await server.cpu()) - before) / stored),
      };
      console.error(`${perSecond}/s: p50 ${round.p50} ms, p99 ${round.p99} ms, server CPU ${round.cpu} µs a webhook`);
      return round;
    };
    await run(PER_SECOND);
    const quiet = await run(PER_SECOND / 10);
    const rounds: Round[] = [];
    while (rounds.length < ROUNDS) rounds.push(await run(PER_SECOND));
    return outcomeOf(rounds, quiet);
  } finally {
    await Promise.all([poster, clients, server].map((side) => side.end()));
    await world.close();
  }
}

function outcomeOf(rounds: readonly Round[], quiet: Round): Outcome {
  const p50 = median(rounds.map((round) => round.p50));
  const p99 = median(rounds.map((round) => round.p99));
  const parts = {
    p50: { ratio: rounded(GOAL.p50 / p50), goal: GOAL.p50, ours: p50, rounds: rounds.map((round) => round.p50) },
    p99: { ratio: rounded(GOAL.p99 / p99), goal: GOAL.p99, ours: p99, rounds: rounds.map((round) => round.p99) },
    cpu: { perWebhook: median(rounds.map((round) => round.cpu)) },
    'at a tenth of the rate': quiet,
  };
  const worst = parts.p50.ratio < parts.p99.ratio ? parts.p50 : parts.p99;
  const ratios = worst.rounds.map((ms) => rounded(worst.goal / ms));
  return {
    goal: 'latency',
    ratio: worst.ratio,
    min: 1,
    unit: 'goal ÷ ms, webhook to socket',
    limit: worst.goal,
    ours: worst.ours,
    rounds: ratios,
    parts,
  };
}
