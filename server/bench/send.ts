import { WORK_BELL } from '../src/platform/bus.ts';
import { newId } from '../src/platform/ids.ts';
import { tenantsQuery } from '../src/platform/tenant-query.ts';
import { type Customer, meetCustomers, phoneOf } from './customers.ts';
import type { Outcome } from './outcome.ts';
import { writeOutbound } from './outbound.ts';
import { inPairs, type Run, timed } from './pairs.ts';
import type { RawSend } from './serve-pool.ts';
import { Side } from './side.ts';
import { until } from './until.ts';
import { analyze, createWorld, type World } from './world.ts';

const TENANTS = 20;
const CUSTOMERS = 400;
const SENDS = TENANTS * CUSTOMERS;
/** The naive way costs so much that fewer will do. */
const NAIVE_SENDS = SENDS / 10;
/** Of each number: what Meta grants an upgraded one. */
const PER_SECOND = 1_000;
const MIN = 0.3;

/**
 * CPU time of the server for each message, from where it stands in the queue to where WhatsApp's acceptance is on record: leased, opened, marked in a
 * committed write, posted, its answer sealed and stored with an event; against a pool of connections that posts the same and keeps nothing.
 */
export async function benchSend(): Promise<Outcome> {
  const world = await createWorld(TENANTS);
  const [ours, pool, simulator] = [
    new Side('ours', './serve-product.ts'),
    new Side('limit', './serve-pool.ts'),
    new Side('simulator', './serve-simulator.ts'),
  ];
  try {
    await upgrade(world);
    const customers = await meetCustomers(world, world.tenants, CUSTOMERS);
    const url = await simulator.ask<string>('start', world.tenants);
    await ours.ask('start', world.address, 'all', 'bench', url);
    await pool.ask('start', url);
    const count = { rounds: 0 };
    const send = () => sendOurs(world, ours, customers, count);
    const raw = async (way: 'pool' | 'fetch', sends: number): Promise<Run> => {
      await pool.ask('load', rawSends(world, sends));
      return timed(pool, sends, async () => {
        const accepted = await pool.ask<number>(way);
        if (accepted !== sends) throw new Error(`${accepted} of ${sends} were accepted.`);
      });
    };
    const before = await simulator.ask<{ sends: number }>('accepted');
    if (before.sends) throw new Error('Something was sent already.');
    const sides = { limit: () => raw('pool', SENDS), ours: send, naive: () => raw('fetch', NAIVE_SENDS) };
    const { ratio, limit, ours: cost, rounds, cpu, rate } = await inPairs({ name: 'send', prepare: () => analyze(world), sides });
    const accepted = await simulator.ask<{ sends: number; messages: number }>('accepted');
    const meant = count.rounds * (2 * SENDS + NAIVE_SENDS);
    if (accepted.sends !== meant || accepted.messages !== meant)
      throw new Error(`WhatsApp took ${accepted.sends} sends of ${accepted.messages} messages, not ${meant}.`);
    const parts = { cpu, rate };
    const unit = 'cpu/send vs undici Pool';
    return { goal: 'send', ratio, min: MIN, unit, limit, ours: cost, naive: cpu['naive'], rounds, parts };
  } finally {
    await Promise.all([pool, ours, simulator].map((side) => side.end()));
    await world.close();
  }
}

async function upgrade({ services, tenants }: World): Promise<void> {
  const ids = tenants.map((tenant) => tenant.id);
  await tenantsQuery(services.database.worker, ids, (query) =>
    query('update whatsapp_number set messages_per_second = $1', [PER_SECOND]),
  );
}

/** Puts a message to each customer into the queue and waits until all are on record as accepted. */
async function sendOurs(world: World, ours: Side, customers: readonly Customer[], count: { rounds: number }): Promise<Run> {
  const ids = world.tenants.map((tenant) => tenant.id);
  const total = ++count.rounds * customers.length;
  const recorded = () =>
    tenantsQuery(world.services.database.worker, ids, (query) =>
      query<{ queued: number; recorded: number }>(
        `select (select count(*) from send_queue)::int as queued,
           (select count(*) from message where status = 'ACCEPTED' and wamid is not null)::int as recorded`,
        [],
        'anew',
      ),
    );
  let begun = 0;
  const { cpu } = await timed(ours, customers.length, async () => {
    await writeOutbound(world, customers, 'QUEUED');
    begun = performance.now();
    await ours.ask('ringBell', WORK_BELL);
    await until(async () => (await ours.ask<{ accepted: number }>('delivered')).accepted === total);
    await until(async () => (await recorded())[0]?.queued === 0);
  });
  const rate = (customers.length / (performance.now() - begun)) * 1000;
  const [stored] = await recorded();
  if (stored?.recorded !== total) throw new Error(`${stored?.recorded} of ${total} messages are on record as accepted.`);
  return { cpu, rate };
}

/** The same requests as the product makes. */
function rawSends({ tenants }: World, count: number): RawSend[] {
  return Array.from({ length: count }, (_unused, index) => {
    const { phoneNumberId, token } = tenants[index % tenants.length] as World['tenants'][number];
    const customer = Math.floor(index / tenants.length);
    const message = {
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: `+${phoneOf(customer)}`,
      type: 'text',
      text: { body: 'Thank you for writing. Your order has left our house and will be with you tomorrow.' },
      biz_opaque_callback_data: newId(),
    };
    return { path: `/v26.0/${phoneNumberId}/messages`, token, body: JSON.stringify(message) };
  });
}
