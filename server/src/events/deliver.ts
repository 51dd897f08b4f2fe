import { setImmediate as nextTurn } from 'node:timers/promises';
import { isConnectionFault } from '../platform/connection-fault.ts';
import type { DeliveryContexts } from './delivery-context.ts';
import type { DescribeError, Group } from './group.ts';
import type { LogEvent } from './read-log.ts';
import type { Wire } from './sink.ts';
import type { Subscriber } from './subscriber.ts';

/** A group, and those of it who are to be told. */
export interface Audience {
  group: Group;
  to: ReadonlySet<Subscriber>;
}

interface Job {
  seq: number;
  to: ReadonlySet<Subscriber>;
  json: string | Promise<string>;
}

/** Payloads that are in memory at once. */
const MOST_PAYLOADS = 2000;
/** After so long, in ms, others get their turn: heartbeats, requests, sockets that drain. */
const TURN = 20;

/**
 * Computes each event once per group, rows of all of them loaded together, and writes it to everyone who has not had it, in the order of
 * the log. Throws when the database went away; what was written until then is noted on each subscriber, so that it can be called again.
 */
export async function deliver(
  events: readonly LogEvent[],
  audiences: readonly Audience[],
  contexts: DeliveryContexts,
  describe: DescribeError,
): Promise<void> {
  const size = Math.max(1, Math.floor(MOST_PAYLOADS / Math.max(1, audiences.length)));
  try {
    for (let start = 0; start < events.length; start += size) {
      const some = events.slice(start, start + size);
      await writeAll(audiences.flatMap((audience) => jobsOf(audience, some, contexts, describe)));
    }
  } finally {
    await contexts.close();
  }
}

async function writeAll(jobs: readonly Job[]): Promise<void> {
  let turn = performance.now();
  try {
    for (const job of jobs) {
      const json = typeof job.json === 'string' ? job.json : await settled(job);
      if (json !== null) write(job.seq, json, job.to);
      if (performance.now() - turn < TURN) continue;
      await nextTurn();
      turn = performance.now();
    }
  } finally {
    // Nothing may still be reading when the delivery ends.
    await Promise.allSettled(jobs.map((job) => job.json));
  }
}

function jobsOf(
  { group, to }: Audience,
  events: readonly LogEvent[],
  contexts: DeliveryContexts,
  describe: DescribeError,
): Job[] {
  const jobs: Job[] = [];
  for (const event of events) {
    if (!group.wants(event)) continue;
    jobs.push({ seq: event.seq, to, json: group.run(event, contexts.of(group.viewer), describe) });
  }
  return jobs;
}

/** A payload that cannot be computed ends its group's subscriptions: it must not hold up everybody else for ever. */
async function settled({ json, to }: Job): Promise<string | null> {
  try {
    return await json;
  } catch (error) {
    if (isConnectionFault(error)) throw error;
    for (const subscriber of to) subscriber.end(error);
    return null;
  }
}

function write(seq: number, json: string, to: Iterable<Subscriber>): void {
  let wire: Wire | undefined;
  let id: string | undefined;
  let frame: Buffer | undefined;
  let frames: Frames | undefined;
  for (const subscriber of to) {
    // Already had it: it came by replay, or before the subscription began.
    if (subscriber.seq >= seq || !subscriber.open) continue;
    subscriber.seq = seq;
    const { sink } = subscriber.connection;
    if (!frame || subscriber.id !== id || sink.wire !== wire) {
      wire = sink.wire;
      id = subscriber.id;
      frame = (frames ??= new Frames(json)).of(wire, id);
    }
    sink.write(frame);
  }
}

/** The frames of one payload: clients that number their subscriptions alike get the very same bytes. */
class Frames {
  private readonly wires = new Map<Wire, { body: Buffer; frames: Map<string, Buffer> }>();

  constructor(private readonly json: string) {}

  of(wire: Wire, id: string): Buffer {
    let known = this.wires.get(wire);
    if (!known) this.wires.set(wire, (known = { body: wire.body(this.json), frames: new Map() }));
    let frame = known.frames.get(id);
    if (!frame) known.frames.set(id, (frame = wire.frame(id, known.body)));
    return frame;
  }
}
