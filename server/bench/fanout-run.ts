import { appendEvents } from '../src/events/append.ts';
import type { EventRecord } from '../src/platform/event-record.ts';
import { tenantsQuery } from '../src/platform/tenant-query.ts';
import type { WrittenMessages } from './messages.ts';
import { median, rounded } from './outcome.ts';
import type { Side } from './side.ts';
import type { World } from './world.ts';

export const SUBSCRIBERS = 1000;
/** Transactions that are committed before the first of them was delivered, at most. */
const AHEAD = 3;
/** The naive side costs so much that fewer events will do. */
const NAIVE_SHARE = 0.2;
const LONGEST = 60_000;
const QUERY = `subscription { messageChanged { cursor at change status message { id text status direction kind sentAt createdAt } } }`;

export type SideName = 'ours' | 'raw' | 'naive';

/** Figures in µs of CPU time a delivery, medians of the rounds; ratios are of pairs. */
export interface Part {
  ratio: number;
  limit: number;
  ours: number;
  naive: number;
  rounds: number[];
}

/** How events come: of each tenant so many in a round, and so many in one transaction, which is one bell. */
export interface Arrival {
  events: number;
  atOnce: number;
  rounds: number;
  /** No further round begins after this moment of `performance.now()`, once there are three. */
  deadline: number;
}

/** One size of groups. */
export class FanoutRun {
  private readonly tenants;
  private readonly delivered: Record<SideName, number> = { ours: 0, raw: 0, naive: 0 };
  private next = 0;

  constructor(
    private readonly world: World,
    private readonly messages: WrittenMessages,
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
    await this.deliver('ours', count, 10);
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
      await this.deliver(side, count, 10);
      if (sorted(await textsOf(side)) !== sorted(ours)) throw new Error(`${side} did not send the same as the product.`);
    }
  }

  async measure({ events, atOnce, rounds, deadline }: Arrival): Promise<Part> {
    const figures: Record<SideName, number[]> = { ours: [], raw: [], naive: [] };
    for (let round = 0; round <= rounds; round++) {
      if (round > 3 && performance.now() > deadline) break;
      for (const side of ['raw', 'ours', 'naive'] as const) {
        const count = side === 'naive' ? events * NAIVE_SHARE : events;
        const before = await this.sides[side].cpu();
        await this.deliver(side, count, atOnce);
        const cost = ((await this.sides[side].cpu()) - before) / (count * SUBSCRIBERS);
        // The first round warms up.
        if (round > 0) figures[side].push(cost);
      }
      const last = (side: SideName) => figures[side].at(-1)?.toFixed(2) ?? '–';
      console.error(
        `groups of ${this.size}, ${atOnce} at once, round ${round}: raw ${last('raw')}, ours ${last('ours')}, naive ${last('naive')} µs`,
      );
    }
    const ratios = figures.raw.map((raw, index) => rounded(raw / (figures.ours[index] as number)));
    const middle = (side: SideName) => rounded(median(figures[side]));
    return { ratio: rounded(median(ratios)), limit: middle('raw'), ours: middle('ours'), naive: middle('naive'), rounds: ratios };
  }

  async close(): Promise<void> {
    for (const set of Object.keys(this.sides)) await this.clients.ask('close', set);
    for (const side of ['raw', 'naive'] as const) await this.sides[side].ask('forget');
    while ((await this.sides.ours.ask<number>('subscriptions')) > 0) await new Promise((resolve) => setTimeout(resolve, 50));
  }

  /** Lets a side deliver events of every tenant and waits for the frames. */
  private async deliver(side: SideName, events: number, atOnce: number): Promise<void> {
    for (let sent = 0; sent < events; sent += atOnce) {
      if (side === 'ours') await this.commit(atOnce);
      else await this.sides[side].ask('send', atOnce);
      this.delivered[side] += atOnce * SUBSCRIBERS;
      await this.clients.ask('reached', side, this.delivered[side] - AHEAD * atOnce * SUBSCRIBERS, LONGEST);
    }
    await this.clients.ask('reached', side, this.delivered[side], LONGEST);
  }

  /** Commits events of every tenant in one transaction, as the worker does, and rings. */
  private async commit(each: number): Promise<void> {
    const ids = this.tenants.map((tenant) => tenant.id);
    const events = ids.flatMap((id) => Array.from({ length: each }, () => this.eventOf(id)));
    await tenantsQuery(this.world.services.database.worker, ids, (query) => appendEvents(query, events));
    await this.sides.ours.ask('ring', ids);
  }

  private eventOf(tenantId: string): EventRecord {
    const messages = this.messages.get(tenantId) ?? [];
    const message = messages[this.next++ % messages.length];
    if (!message) throw new Error('A tenant without messages.');
    return { tenantId, kind: 'MESSAGE_STATUS', subjectId: message.id, conversationId: message.conversationId, status: 'READ' };
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
