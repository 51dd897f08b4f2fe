import { randomBytes } from 'node:crypto';
import { newId } from '../src/platform/ids.ts';
import { body, change, status, statusBody, text } from '../test/harness/envelopes.ts';
import { type Customer, meetCustomers, phoneOf } from './customers.ts';
import { databaseCpu } from './database-cpu.ts';
import type { Taken } from './meta.ts';
import { median, type Outcome, rounded } from './outcome.ts';
import { type Outbound, writeOutbound } from './outbound.ts';
import { inPairs, type Pairs, type Run, timed } from './pairs.ts';
import type { MessageRow, StatusRow } from './serve-unnest.ts';
import { Side } from './side.ts';
import { checkReceived, countStored } from './stored.ts';
import { until } from './until.ts';
import { analyze, type BenchTenant, createWorld, type World } from './world.ts';

const TENANTS = 10;
const CUSTOMERS = 200;
/** In one POST. */
const TOGETHER = 100;
const MESSAGES = 10_000;
/** Messages that statuses are about: each is sent, delivered and read. */
const TRACKED = 4_000;
const STEPS = ['sent', 'delivered', 'read'] as const;
const CONNECTIONS = 16;
const MIN = 0.5;
const IN_ONE_BODY = 5_000;
/** In ms. */
const ONE_BODY_GOALS = { answered: 250, applied: 2_000 };

/** What the limit has its rows from: tenants of its own, so that nobody else takes their events' numbers. */
interface Half {
  tenants: BenchTenant[];
  customers: Customer[];
}

/**
 * CPU time of the server and its database together for each message, and for each status, that comes in by the hundred; against a process that writes
 * rows made beforehand into the same tables, 500 at a time. The worse of the two counts. Beside it the same without what changes rows that are there.
 */
export async function benchBulk(): Promise<Outcome> {
  const world = await createWorld(2 * TENANTS);
  const sides = {
    ours: new Side('ours', './serve-product.ts'),
    limit: new Side('limit', './serve-unnest.ts'),
    meta: new Side('meta', './meta.ts'),
  };
  try {
    const appSecret = randomBytes(16).toString('hex');
    const run = new BulkRun(world, sides, appSecret, {
      ours: await halfOf(world, world.tenants.slice(0, TENANTS)),
      limit: await halfOf(world, world.tenants.slice(TENANTS)),
    });
    await run.start();
    const parts: Record<string, Pairs> = { messages: await run.messages(), statuses: await run.statuses() };
    const oneBody = await run.oneBody();
    const [worst] = Object.values(parts).sort((a, b) => a.ratio - b.ratio) as [Pairs];
    const { ratio, limit, ours, rounds } = worst;
    const ratioToInserts = Math.min(...[parts['messages'], parts['statuses']].map(toInserts));
    const unit = 'cpu/row, server and database, vs unnest 500';
    return { goal: 'bulk', ratio, ratioToInserts, min: MIN, unit, limit, ours, rounds, parts: { ...parts, 'one POST': oneBody } };
  } finally {
    await Promise.all(Object.values(sides).map((side) => side.end()));
    await world.close();
  }
}

/** Ours against inserts alone, by the medians. */
function toInserts(pairs: Pairs | undefined): number {
  return rounded((pairs?.cpu['inserts alone'] ?? Number.NaN) / (pairs?.ours ?? Number.NaN));
}

async function halfOf(world: World, tenants: BenchTenant[]): Promise<Half> {
  return { tenants, customers: await meetCustomers(world, tenants, CUSTOMERS) };
}

class BulkRun {
  private port = 0;
  private received = TENANTS * CUSTOMERS;
  private reported = 0;
  /** The last number that the limit gave to an event, by tenant. */
  private readonly seqs = new Map<string, number>();

  constructor(
    private readonly world: World,
    private readonly sides: Record<'ours' | 'limit' | 'meta', Side>,
    private readonly appSecret: string,
    private readonly halves: Record<'ours' | 'limit', Half>,
  ) {
    for (const { id } of halves.limit.tenants) this.seqs.set(id, CUSTOMERS);
  }

  async start(): Promise<void> {
    this.port = await this.sides.ours.ask('start', this.world.address, 'all', this.appSecret);
    await this.sides.limit.ask('start', this.world.address);
  }

  messages(): Promise<Pairs> {
    const { ours, limit } = this.halves;
    const write = async (alone: boolean) => {
      await this.sides.limit.ask('loadMessages', this.messageRows(limit), alone);
      return this.writeLimit(['messages', 'created', 'events'], MESSAGES);
    };
    return inPairs({
      name: 'messages',
      prepare: () => Promise.all([analyze(this.world), this.load(messageBodies(ours))]),
      sides: {
        limit: () => write(false),
        ours: async () => {
          this.received += MESSAGES;
          const run = await this.timed('ours', MESSAGES, () => this.post('messages', this.received - TENANTS * CUSTOMERS));
          await checkReceived(this.world, ours.tenants, this.received);
          return run;
        },
        'inserts alone': () => write(true),
      },
    });
  }

  statuses(): Promise<Pairs> {
    const count = TRACKED * STEPS.length;
    const write = async (alone: boolean) => {
      await this.sides.limit.ask('loadStatuses', this.statusRows(await this.track('limit', TRACKED)), alone);
      return this.writeLimit(['statuses', 'events'], count);
    };
    return inPairs({
      name: 'statuses',
      prepare: async () => {
        const tracked = await this.track('ours', TRACKED);
        await analyze(this.world);
        await this.load(statusBodies(this.halves.ours.tenants, tracked, TOGETHER));
      },
      sides: {
        limit: () => write(false),
        ours: async () => {
          const run = await this.timed('ours', count, () => this.post('statuses', (this.reported += count)));
          await this.checkReported();
          return run;
        },
        'inserts alone': () => write(true),
      },
    });
  }

  /** Statuses of one number's messages in a single POST: how long until it is answered, and until all are applied, in ms. */
  async oneBody(): Promise<{ statuses: number; answered: number; applied: number; goals: object }> {
    const [tenant] = this.halves.ours.tenants as [BenchTenant];
    const customers = this.halves.ours.customers.filter((customer) => customer.tenantId === tenant.id);
    const figures: { answered: number; applied: number }[] = [];
    for (let round = 0; round < 3; round++) {
      const tracked = await writeOutbound(this.world, repeated(customers, IN_ONE_BODY), 'ACCEPTED');
      await this.load(statusBodies([tenant], tracked, IN_ONE_BODY, ['delivered']));
      const begun = performance.now();
      const { ms: answered } = await this.post('statuses', (this.reported += IN_ONE_BODY));
      figures.push({ answered, applied: performance.now() - begun });
      await this.checkReported();
    }
    const middle = (name: 'answered' | 'applied') => rounded(median(figures.map((figure) => figure[name])));
    return { statuses: IN_ONE_BODY, answered: middle('answered'), applied: middle('applied'), goals: ONE_BODY_GOALS };
  }

  /** Has the limit write what it was given, and counts that all of it is there. */
  private async writeLimit(kinds: readonly ('messages' | 'created' | 'statuses' | 'events')[], count: number): Promise<Run> {
    const { tenants } = this.halves.limit;
    const before = await countStored(this.world, tenants);
    const run = await this.timed('limit', count, () => this.sides.limit.ask('write'));
    const after = await countStored(this.world, tenants);
    const wrong = kinds.find((kind) => after[kind] - before[kind] !== count);
    if (wrong) throw new Error(`The limit wrote ${after[wrong] - before[wrong]} of ${count} ${wrong}.`);
    return run;
  }

  private async checkReported(): Promise<void> {
    const { statuses, events, counter, pending, puzzling } = await countStored(this.world, this.halves.ours.tenants);
    const meant = this.received + this.reported;
    if (statuses !== this.reported || events !== meant || counter !== meant || pending || puzzling)
      throw new Error(
        `${statuses} of ${this.reported} statuses and ${events} of ${meant} events are there; ${pending} bodies wait.`,
      );
  }

  private load(bodies: Buffer[]): Promise<void> {
    return this.sides.meta.ask('load', bodies, this.appSecret);
  }

  /** Posts what was loaded and waits until so many are stored. */
  private async post(what: 'messages' | 'statuses', total: number): Promise<Taken> {
    const taken = await this.sides.meta.ask<Taken>('flood', this.port, CONNECTIONS);
    if (taken.refused) throw new Error(`${taken.refused} webhooks were refused.`);
    await until(async () => (await this.sides.ours.ask<Record<typeof what, number>>('ingested'))[what] === total, 3);
    return taken;
  }

  /** The process's CPU time and the database's for its sake. */
  private async timed(side: 'ours' | 'limit', units: number, run: () => Promise<unknown>): Promise<Run> {
    const before = await databaseCpu(this.world);
    const { cpu, rate } = await timed(this.sides[side], units, run);
    return { cpu: cpu + ((await databaseCpu(this.world)) - before) / units, rate };
  }

  private track(half: 'ours' | 'limit', count: number): Promise<Outbound[]> {
    return writeOutbound(this.world, repeated(this.halves[half].customers, count), 'ACCEPTED');
  }

  private nextSeq(tenantId: string): number {
    const seq = (this.seqs.get(tenantId) ?? 0) + 1;
    this.seqs.set(tenantId, seq);
    return seq;
  }

  /** Ciphertexts as long as ours. */
  private messageRows({ customers }: Half): MessageRow[] {
    return Array.from({ length: MESSAGES }, (_unused, index) => {
      const { key: _key, ...place } = customers[index % customers.length] as Customer;
      const sealed = { body: randomBytes(45 + words(index).length), wamid: randomBytes(45 + 42), wamidIndex: randomBytes(16) };
      return { ...place, id: newId(), ...sealed, seq: this.nextSeq(place.tenantId) };
    });
  }

  private statusRows(tracked: readonly Outbound[]): StatusRow[] {
    return STEPS.flatMap((step) =>
      tracked.map(({ id, to }) => {
        const { tenantId, conversationId } = to;
        return { tenantId, messageId: id, conversationId, status: step.toUpperCase(), seq: this.nextSeq(tenantId) };
      }),
    );
  }
}

/** So many of them, each as often as the others. */
function repeated(customers: readonly Customer[], count: number): Customer[] {
  return Array.from({ length: count }, (_unused, index) => customers[index % customers.length] as Customer);
}

function words(index: number): string {
  return `Message ${index}: when will my order be with me, please?`;
}

function messageBodies({ tenants }: Half): Buffer[] {
  return Array.from({ length: MESSAGES / TOGETHER }, (_unused, post) => {
    const first = (Math.floor(post / TENANTS) * TOGETHER) % CUSTOMERS;
    const phones = Array.from({ length: TOGETHER }, (_one, index) => phoneOf(first + index));
    const contacts = phones.map((wa_id) => ({ profile: { name: 'Ada Lovelace' }, wa_id }));
    const messages = phones.map((phone, index) => text(`wamid.${newId()}`, phone, words(post * TOGETHER + index)));
    return body(change(tenants[post % TENANTS]?.phoneNumberId as string, { contacts, messages }));
  });
}

/** All are sent before the first is delivered, and delivered before the first is read. */
function statusBodies(
  tenants: readonly BenchTenant[],
  tracked: readonly Outbound[],
  together: number,
  steps: readonly (typeof STEPS)[number][] = STEPS,
): Buffer[] {
  const byTenant = Map.groupBy(tracked, ({ to }) => to.tenantId);
  return steps.flatMap((step) =>
    tenants.flatMap(({ id, phoneNumberId }) => {
      const mine = byTenant.get(id) ?? [];
      return Array.from({ length: Math.ceil(mine.length / together) }, (_unused, post) => {
        const some = mine.slice(post * together, (post + 1) * together);
        return statusBody(
          phoneNumberId,
          ...some.map((message) => status(message.wamid, step, { biz_opaque_callback_data: message.id })),
        );
      });
    }),
  );
}
