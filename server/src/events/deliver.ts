import { setImmediate as nextTurn } from 'node:timers/promises';
import { isConnectionFault } from '../platform/connection-fault.ts';
import type { DeliveryContexts } from './delivery-context.ts';
import type { DescribeError, Group } from './group.ts';
import type { LogEvent } from './read-log.ts';
import type { Subscriber } from './subscriber.ts';
import type { Shows } from './subscription.ts';
import { type Payload, writePayloads } from './write-payloads.ts';

/** A group, and those of it who are to be told. */
export interface Audience {
  group: Group;
  to: ReadonlySet<Subscriber>;
}

interface Job {
  to: ReadonlySet<Subscriber>;
  payloads: { seq: number; json: string | Promise<string> }[];
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
      await prepareRows(audiences, some, contexts);
      await writeAll(audiences.map((audience) => jobOf(audience, some, contexts, describe)));
    }
  } finally {
    await contexts.close();
  }
}

/** Reads the rows that payloads will show, so that they are computed without waiting. */
async function prepareRows(
  audiences: readonly Audience[],
  events: readonly LogEvent[],
  contexts: DeliveryContexts,
): Promise<void> {
  const keys = new Map<Shows['loader'], Set<string>>();
  for (const { group } of audiences) {
    for (const { loader, key } of group.prepared.shown) {
      const wanted = keys.get(loader) ?? new Set();
      keys.set(loader, wanted);
      for (const event of events) {
        const id = group.wants(event) ? key(event) : null;
        if (id !== null) wanted.add(id);
      }
    }
  }
  const [first] = audiences;
  if (first) await Promise.all([...keys].map(([loader, wanted]) => contexts.prepare(first.group.viewer, loader, wanted)));
}

function jobOf({ group, to }: Audience, events: readonly LogEvent[], contexts: DeliveryContexts, describe: DescribeError): Job {
  const payloads: Job['payloads'] = [];
  for (const event of events) {
    if (!group.wants(event)) continue;
    payloads.push({ seq: event.seq, json: group.run(event, contexts.of(group.viewer), describe) });
  }
  return { to, payloads };
}

async function writeAll(jobs: readonly Job[]): Promise<void> {
  let turn = performance.now();
  try {
    for (const job of jobs) {
      if (!job.payloads.length) continue;
      const payloads = job.payloads.every(isReady) ? job.payloads : await settled(job);
      writePayloads(payloads, job.to);
      if (performance.now() - turn < TURN) continue;
      await nextTurn();
      turn = performance.now();
    }
  } finally {
    // Nothing may still be reading when the delivery ends.
    await Promise.allSettled(jobs.flatMap((job) => job.payloads.map((payload) => payload.json)));
  }
}

function isReady(payload: Job['payloads'][number]): payload is Payload {
  return typeof payload.json === 'string';
}

/** A payload that cannot be computed ends its group's subscriptions: it must not hold up everybody else for ever. */
async function settled({ to, payloads }: Job): Promise<Payload[]> {
  const ready: Payload[] = [];
  try {
    for (const { seq, json } of payloads) ready.push({ seq, json: await json });
  } catch (error) {
    if (isConnectionFault(error)) throw error;
    writePayloads(ready, to);
    for (const subscriber of to) subscriber.end(error);
    return [];
  }
  return ready;
}
