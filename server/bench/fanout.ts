import { randomBytes } from 'node:crypto';
import { appendEvents } from '../src/events/append.ts';
import type { EventRecord } from '../src/platform/event-record.ts';
import { tenantsQuery } from '../src/platform/tenant-query.ts';
import { writeMessages } from './messages.ts';
import { median, type Outcome, rounded } from './outcome.ts';
import { Side } from './side.ts';
import { createWorld, type World } from './world.ts';

const SUBSCRIBERS = 1000;
const SIZES = (process.env['BENCH_SIZES'] ?? '10,100,1000').split(',').map(Number);
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 7);
/** Events of each tenant in a round, and in one transaction, which is one bell. */
const EVENTS = 200;
const EVENTS_AT_ONCE = Number(process.env['BENCH_AT_ONCE'] ?? 10);
/** The naive side does so much less that fewer events will do. */
const NAIVE_EVENTS = 40;
/** Transactions that are committed before the first of them was delivered, at most. */
const AHEAD = 3;
const LONGEST = 60_000;

const QUERY = `subscription { messageChanged { cursor at change status message { id text status direction kind sentAt createdAt } } }`;

interface Part {
  ratio: number;
  limit: number;
  ours: number;
  naive: number;
  rounds: number[];
  bytes: number;
}

/**
 * CPU time of the server per frame delivered to 1,000 subscribers, in groups of 10, 100 and 1,000, each group a tenant: the product, with its
 * database, authentication, guards and bounds, against bare `ws.send`.
 */
export async function benchFanout(): Promise<Outcome> {
  const world = await createWorld(SUBSCRIBERS / Math.min(...SIZES));
  const messages = await writeMessages(world, 20);
  const sides = {
    ours: new Side('ours', './serve-product.ts'),
    raw: new Side('raw', './serve-raw.ts'),
    naive: new Side('naive', './serve-naive.ts'),
  };
  const clients = new Side('clients', './clients.ts');
  try {
    const ports = {
      ours: await sides.ours.ask<number>('start', world.address, 'api', randomBytes(8).toString('hex')),
      raw: await sides.raw.ask<number>('start'),
      naive: await sides.naive.ask<number>('start'),
    };
    const parts: Record<string, Part> = {};
    for (const size of SIZES) {
      const run = new FanoutRun(world, messages, sides, clients, size);
      await run.open(ports);
      await run.verify();
      parts[`groups of ${size}`] = await run.measure();
      await run.close();
    }
    const [worst] = Object.values(parts).sort((a, b) => a.ratio - b.ratio) as [Part];
    const { ratio, limit, ours, naive, rounds } = worst;
    return { goal: 'fanout', ratio, min: 0.9, unit: 'cpu/delivery vs raw ws', limit, ours, naive, rounds, parts: { ...parts } };
  } finally {
    await Promise.all([...Object.values(sides), clients].map((side) => side.end()));
    await world.close();
  }
}

type SideName = 'ours' | 'raw' | 'naive';

/** One size of groups. */
class FanoutRun {
  private readonly tenants;
  private readonly delivered: Record<SideName, number> = { ours: 0, raw: 0, naive: 0 };
  private next = 0;

  constructor(
    private readonly world: World,
    private readonly messages: ReadonlyMap<string, { id: string; conversationId: string }[]>,
    private readonly sides: Record<SideName, Side>,
    private readonly clients: Side,
    private readonly size: number,
  ) {
    this.tenants = world.tenants.slice(0, SUBSCRIBERS / size);
  }

  async open(ports: Record<SideName, number>): Promise<void> {
    for (const [side, port] of Object.entries(ports)) {
      for (const { apiKey } of this.tenants) {
        await this.clients.ask('open', { set: side, port, path: '/graphql', apiKey, count: this.size, query: QUERY });
      }
    }
    while ((await this.sides.ours.ask<number>('subscriptions')) < SUBSCRIBERS)
      await new Promise((resolve) => setTimeout(resolve, 50));
  }

  /** All three sides send the same: what the product sends for 20 events is taught to the others, sent by them, and compared byte for byte. */
  async verify(): Promise<void> {
    const count = 20;
    const lines = this.tenants.map((_tenant, index) => index * this.size);
    const watchAll = (set: SideName) => Promise.all(lines.map((line) => this.clients.ask('watch', set, line)));
    const textsOf = (set: SideName) => Promise.all(lines.map((line) => this.clients.ask<string[]>('watched', set, line)));
    await watchAll('ours');
    await this.deliverOurs(count);
    const ours = await textsOf('ours');
    for (const [index, { apiKey }] of this.tenants.entries()) {
      const texts = ours[index] as string[];
      const frames = texts.map((text) => JSON.parse(text));
      const isRight =
        frames.length === count && frames.every((frame) => frame.payload.data.messageChanged.message.text.startsWith('Message'));
      if (!isRight || new Set(texts).size !== count) throw new Error(`The product did not send what it should: ${texts[0]}`);
      for (const side of ['raw', 'naive'] as const) await this.sides[side].ask('learn', apiKey, frames);
    }
    for (const side of ['raw', 'naive'] as const) {
      await watchAll(side);
      await this.deliverOther(side, count);
      if (sorted(await textsOf(side)) !== sorted(ours)) throw new Error(`${side} did not send the same as the product.`);
    }
    this.bytes = Buffer.byteLength(ours[0]?.[0] ?? '');
  }

  private bytes = 0;

  async measure(): Promise<Part> {
    const figures: Record<SideName, number[]> = { ours: [], raw: [], naive: [] };
    for (let round = -1; round < ROUNDS; round++) {
      for (const side of ['raw', 'ours', 'naive'] as const) {
        const events = side === 'naive' ? NAIVE_EVENTS : EVENTS;
        const before = await this.sides[side].cpu();
        if (side === 'ours') await this.deliverOurs(events);
        else await this.deliverOther(side, events);
        const cost = ((await this.sides[side].cpu()) - before) / (events * SUBSCRIBERS);
        // The first round warms up.
        if (round >= 0) figures[side].push(cost);
      }
      const last = (side: SideName) => figures[side].at(-1)?.toFixed(2) ?? '–';
      console.error(
        `groups of ${this.size}, round ${round + 1}: raw ${last('raw')} µs, ours ${last('ours')} µs, naive ${last('naive')} µs`,
      );
    }
    const rounds = figures.raw.map((raw, index) => rounded(raw / (figures.ours[index] as number)));
    const [limit, ours, naive] = [figures.raw, figures.ours, figures.naive].map((list) => rounded(median(list))) as [
      number,
      number,
      number,
    ];
    return { ratio: median(rounds), limit, ours, naive, rounds, bytes: this.bytes };
  }

  async close(): Promise<void> {
    for (const set of Object.keys(this.sides)) await this.clients.ask('close', set);
    for (const side of ['raw', 'naive'] as const) await this.sides[side].ask('forget');
    while ((await this.sides.ours.ask<number>('subscriptions')) > 0) await new Promise((resolve) => setTimeout(resolve, 50));
  }

  /** Commits events of every tenant, all tenants' in one transaction as the worker does, and waits for the frames. */
  private async deliverOurs(events: number): Promise<void> {
    for (let sent = 0; sent < events; sent += EVENTS_AT_ONCE) {
      const some = this.tenants.flatMap(({ id }) => Array.from({ length: EVENTS_AT_ONCE }, () => this.eventOf(id)));
      const ids = this.tenants.map((tenant) => tenant.id);
      await tenantsQuery(this.world.services.database.worker, ids, (query) => appendEvents(query, some));
      await this.sides.ours.ask('ring', ids);
      this.delivered.ours += EVENTS_AT_ONCE * SUBSCRIBERS;
      await this.clients.ask('reached', 'ours', this.delivered.ours - AHEAD * EVENTS_AT_ONCE * SUBSCRIBERS, LONGEST);
    }
    await this.clients.ask('reached', 'ours', this.delivered.ours, LONGEST);
  }

  private eventOf(tenantId: string): EventRecord {
    const messages = this.messages.get(tenantId) ?? [];
    const message = messages[this.next++ % messages.length];
    if (!message) throw new Error('A tenant without messages.');
    return { tenantId, kind: 'MESSAGE_STATUS', subjectId: message.id, conversationId: message.conversationId, status: 'READ' };
  }

  private async deliverOther(side: 'raw' | 'naive', events: number): Promise<void> {
    for (let sent = 0; sent < events; sent += EVENTS_AT_ONCE) {
      await this.sides[side].ask('send', EVENTS_AT_ONCE);
      this.delivered[side] += EVENTS_AT_ONCE * SUBSCRIBERS;
      await this.clients.ask('reached', side, this.delivered[side] - AHEAD * EVENTS_AT_ONCE * SUBSCRIBERS, LONGEST);
    }
    await this.clients.ask('reached', side, this.delivered[side], LONGEST);
  }
}

/** Key order aside, for each server writes a frame's keys in its own. */
function sorted(texts: string[][]): string {
  return JSON.stringify(
    texts.map((list) => list.map((text) => JSON.parse(text) as object)),
    (_key, value: unknown) =>
      value && typeof value === 'object' && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort()) : value,
  );
}
