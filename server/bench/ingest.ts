import { randomBytes } from 'node:crypto';
import { newId } from '../src/platform/ids.ts';
import { textBody } from '../test/harness/envelopes.ts';
import type { Taken } from './meta.ts';
import { median, type Outcome, quantile, rounded } from './outcome.ts';
import { inPairs, type Pairs, ROUNDS, timed } from './pairs.ts';
import { Side } from './side.ts';
import { checkReceived } from './stored.ts';
import { until } from './until.ts';
import { analyze, createWorld, type World } from './world.ts';

const TENANTS = 10;
const CUSTOMERS = 200;
const POSTS = 10_000;
const CONNECTIONS = 256;
/** Posts a second while answers are timed, and for how many seconds. */
const STEADY = { perSecond: 300, seconds: 4, connections: 128 };
const GOAL = { ratio: 0.3, perSecond: 4000, p50: 10, p99: 50 };

/**
 * CPU time of the server for each webhook with one message, from the signed request to the message stored, sealed, with its event in the log; against
 * a bare server that checks the signature and does nothing. Beside it the product's own server with nothing behind it, the rate by the clock, and how
 * long an answer takes at 300 a second.
 */
export async function benchIngest(): Promise<Outcome> {
  const world = await createWorld(TENANTS);
  const [ours, empty, limit, bare, meta] = [
    new Side('ours', './serve-product.ts'),
    new Side('empty', './serve-nothing.ts'),
    new Side('limit', './serve-hmac.ts'),
    new Side('bare', './serve-hmac-http.ts'),
    new Side('meta', './meta.ts'),
  ];
  try {
    const appSecret = randomBytes(16).toString('hex');
    const ports = {
      ours: await ours.ask<number>('start', world.address, 'all', appSecret),
      empty: await empty.ask<number>('start', world.address, appSecret),
      limit: await limit.ask<number>('start', appSecret),
      bare: await bare.ask<number>('start', appSecret),
    };
    let posted = 0;
    const ingest = async (post: () => Promise<unknown>, count: number) => {
      await post();
      posted += count;
      await until(async () => (await ours.ask<{ messages: number }>('ingested')).messages === posted);
    };
    const check = () => checkReceived(world, world.tenants, posted);
    const load = (count: number) => meta.ask('load', bodiesOf(world, count), appSecret);
    const runs = {
      limit: () => timed(limit, POSTS, () => flood(meta, ports.limit)),
      'limit without a framework': () => timed(bare, POSTS, () => flood(meta, ports.bare)),
      'ours without storing': () => timed(empty, POSTS, () => flood(meta, ports.empty)),
      ours: async () => {
        const run = await timed(ours, POSTS, () => ingest(() => flood(meta, ports.ours), POSTS));
        await check();
        return run;
      },
    };
    const pairs = await inPairs({ name: 'ingest', prepare: () => Promise.all([analyze(world), load(POSTS)]), sides: runs });
    const count = STEADY.perSecond * STEADY.seconds;
    const times: number[][] = [];
    while (times.length < Math.min(ROUNDS, 5)) {
      await load(count);
      const post = async () => times.push(await meta.ask<number[]>('steady', ports.ours, STEADY.connections, STEADY.perSecond));
      await ingest(post, count);
      await check();
    }
    return outcomeOf(pairs, times);
  } finally {
    await Promise.all([meta, limit, bare, empty, ours].map((side) => side.end()));
    await world.close();
  }
}

function bodiesOf({ tenants }: World, count: number): Buffer[] {
  return Array.from({ length: count }, (_unused, index) => {
    const tenant = index % tenants.length;
    const customer = Math.floor(index / tenants.length) % CUSTOMERS;
    const phone = `49157${String(tenant * CUSTOMERS + customer).padStart(7, '0')}`;
    const words = `Message ${index}: when will my order be with me, please?`;
    return textBody(tenants[tenant]?.phoneNumberId as string, `wamid.${newId()}`, phone, words);
  });
}

async function flood(meta: Side, port: number): Promise<void> {
  const { refused } = await meta.ask<Taken>('flood', port, CONNECTIONS);
  if (refused) throw new Error(`${refused} webhooks were refused.`);
}

function outcomeOf(pairs: Pairs, times: readonly number[][]): Outcome {
  const { ratio, limit, ours, rounds, cpu, rate } = pairs;
  const acknowledged = (share: number) => rounded(median(times.map((round) => quantile(round, share))));
  const [p50, p99] = [acknowledged(0.5), acknowledged(0.99)];
  const parts = {
    cpu: { ratio, goal: GOAL.ratio, ...cpu },
    'webhooks a second': { goal: GOAL.perSecond, ours: rate['ours'], limit: rate['limit'] },
    [`answer in ms at ${STEADY.perSecond}/s`]: {
      p50: { goal: GOAL.p50, ours: p50 },
      p99: { goal: GOAL.p99, ours: p99 },
      longest: acknowledged(1),
      rounds: times.map((round) => rounded(quantile(round, 0.99))),
    },
  };
  return { goal: 'ingest', ratio, min: GOAL.ratio, unit: 'cpu/webhook vs HTTP + HMAC', limit, ours, rounds, parts };
}
