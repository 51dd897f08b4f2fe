import { randomBytes } from 'node:crypto';
import { newId } from '../src/platform/ids.ts';
import { body, change, status, statusBody, text } from '../test/harness/envelopes.ts';
import { type Customer, meetCustomers, phoneOf } from './customers.ts';
import { databaseCpu } from './database-cpu.ts';
import type { Taken } from './meta.ts';
import type { Outcome } from './outcome.ts';
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

/** What the limit has its rows from: tenants of its own, so that nobody else takes their events' numbers. */
interface Half {
  tenants: BenchTenant[];
  customers: Customer[];
}

/**
 * CPU time of the server and its database together for each message, and for each status, that comes in by the hundred; against a process that inserts
 * rows made beforehand into the same tables, 500 at a time. The worse of the two counts.
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
    const [worst] = Object.values(parts).sort((a, b) => a.ratio - b.ratio) as [Pairs];
    const { ratio, limit, ours, rounds } = worst;
    const unit = 'cpu/row, server and database, vs unnest 500';
    return { goal: 'bulk', ratio, min: MIN, unit, limit, ours, rounds, parts };
  } finally {
    await Promise.all(Object.values(sides).map((side) => side.end()));
    await world.close();
  }
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
    return inPairs({
      name: 'messages',
      prepare: () =>
        Promise.all([
          analyze(this.world),
          this.load(messageBodies(ours)),
          this.sides.limit.ask('loadMessages', this.messageRows(limit)),
        ]),
      sides: {
        limit: () => this.timed('limit', MESSAGES, () => this.sides.limit.ask('write')),
        ours: async () => {
          this.received += MESSAGES;
          const run = await this.timed('ours', MESSAGES, () => this.post('messages', this.received - TENANTS * CUSTOMERS));
          await checkReceived(this.world, ours.tenants, this.received);
          return run;
        },
      },
    });
  }

  statuses(): Promise<Pairs> {
    const count = TRACKED * STEPS.length;
    return inPairs({
      name: 'statuses',
      prepare: async () => {
        const [ours, limit] = await Promise.all([this.track('ours'), this.track('limit')]);
        await analyze(this.world);
        await this.load(statusBodies(this.halves.ours, ours));
        await this.sides.limit.ask('loadStatuses', this.statusRows(limit));
      },
      sides: {
        limit: () => this.timed('limit', count, () => this.sides.limit.ask('write')),
        ours: async () => {
          this.reported += count;
          const run = await this.timed('ours', count, () => this.post('statuses', this.reported));
          await this.checkReported();
          return run;
        },
      },
    });
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
  private async post(what: 'messages' | 'statuses', total: number): Promise<void> {
    const { refused } = await this.sides.meta.ask<Taken>('flood', this.port, CONNECTIONS);
    if (refused) throw new Error(`${refused} webhooks were refused.`);
    await until(async () => (await this.sides.ours.ask<Record<typeof what, number>>('ingested'))[what] === total, 3);
  }

  /** The process's CPU time and the database's for its sake. */
  private async timed(side: 'ours' | 'limit', units: number, run: () => Promise<unknown>): Promise<Run> {
    const before = await databaseCpu(this.world);
    const { cpu, rate } = await timed(this.sides[side], units, run);
    return { cpu: cpu + ((await databaseCpu(this.world)) - before) / units, rate };
  }

  private track(half: 'ours' | 'limit'): Promise<Outbound[]> {
    const { customers } = this.halves[half];
    const rounds = Math.ceil(TRACKED / customers.length);
    return writeOutbound(
      this.world,
      Array.from({ length: rounds }, () => customers)
        .flat()
        .slice(0, TRACKED),
      'ACCEPTED',
    );
  }

  private nextSeq(tenantId: string): number {
    const seq = (this.seqs.get(tenantId) ?? 0) + 1;
    this.seqs.set(tenantId, seq);
    return seq;
  }

  /** Ciphertexts as long as ours. */
  private messageRows({ customers }: Half): MessageRow[] {
    return Array.from({ length: MESSAGES }, (_unused, index) => {
      const { tenantId, conversationId } = customers[index % customers.length] as Customer;
      const sealed = { body: randomBytes(45 + words(index).length), wamid: randomBytes(45 + 42), wamidIndex: randomBytes(16) };
      return { tenantId, id: newId(), conversationId, ...sealed, seq: this.nextSeq(tenantId) };
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
function statusBodies({ tenants }: Half, tracked: readonly Outbound[]): Buffer[] {
  const byTenant = Map.groupBy(tracked, ({ to }) => to.tenantId);
  return STEPS.flatMap((step) =>
    tenants.flatMap(({ id, phoneNumberId }) => {
      const mine = byTenant.get(id) ?? [];
      return Array.from({ length: Math.ceil(mine.length / TOGETHER) }, (_unused, post) => {
        const some = mine.slice(post * TOGETHER, (post + 1) * TOGETHER);
        return statusBody(
          phoneNumberId,
          ...some.map((message) => status(message.wamid, step, { biz_opaque_callback_data: message.id })),
        );
      });
    }),
  );
}
