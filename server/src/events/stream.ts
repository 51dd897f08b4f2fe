import type { Context } from '../platform/context.ts';
import { fault } from '../platform/faults.ts';
import type { Viewer } from '../platform/viewer.ts';
import type { Group } from './group.ts';
import type { HubServices } from './hub.ts';
import { type LogEvent, type LogHead, placeOf } from './read-log.ts';
import { CLOSE, type Sink } from './sink.ts';
import type { Subscriber } from './subscriber.ts';

const PAGE = 500;

/** The live end of one tenant's log in this process: it reads each event once and hands it to every group that wants it. */
export class TenantStream {
  readonly groups = new Map<string, Group>();
  readonly connections = new Map<Sink, Viewer>();
  /** Delivered up to here; null until the log was first looked at. */
  seq: number | null = null;
  private epoch: Buffer = Buffer.alloc(0);
  private starting: Promise<void> | null = null;
  private reading = false;
  private rungAgain = false;

  constructor(
    readonly tenantId: string,
    private readonly services: HubServices,
  ) {}

  /** Looks at the log and delivers what is new. Rung while it looks, it looks once more. */
  async ring(): Promise<void> {
    if (this.reading) {
      this.rungAgain = true;
      return;
    }
    this.reading = true;
    try {
      await this.start();
      do {
        this.rungAgain = false;
        while (await this.readPage());
      } while (this.rungAgain);
    } catch (error) {
      // The next look goes on from the same place: the log is late, not lost.
      this.services.onFault(error as Error);
    } finally {
      this.reading = false;
    }
  }

  /** Brings a subscriber to the live end, through the log if it was away, and puts it into its group. */
  async join(subscriber: Subscriber, after: string | null): Promise<void> {
    try {
      const head = await this.services.head(this.tenantId);
      await this.start(head);
      subscriber.seq = after === null ? head.seq : placeOf(head, after).seq;
      await this.replay(subscriber);
    } catch (error) {
      subscriber.end(error);
      return;
    }
    if (!subscriber.open) return;
    const { group } = subscriber;
    const live = this.groups.get(group.key) ?? group;
    this.groups.set(group.key, live);
    subscriber.group = live;
    live.subscribers.add(subscriber);
    void this.ring();
  }

  private async start(head?: LogHead): Promise<void> {
    if (this.seq !== null) return;
    this.starting ??= (head ? Promise.resolve(head) : this.services.head(this.tenantId)).then(({ epoch, seq }) => {
      this.epoch = epoch;
      this.seq ??= seq;
    });
    await this.starting.finally(() => (this.starting = null));
  }

  /** Replay is the same reading and the same delivery as live, to one subscriber, until it meets the stream. */
  private async replay(subscriber: Subscriber): Promise<void> {
    while (subscriber.open && subscriber.seq < (this.seq ?? 0)) {
      const events = await this.read(subscriber.seq);
      const known = events.filter((event) => event.seq <= (this.seq ?? 0));
      if (!known.length) throw fault('RESYNC_REQUIRED', 'The log no longer reaches back to this cursor.');
      await this.deliver(known, [{ group: subscriber.group, to: [subscriber] }]);
      await subscriber.sink.drained();
    }
  }

  private async readPage(): Promise<boolean> {
    const events = await this.read(this.seq ?? 0);
    const last = events.at(-1);
    if (!last) return false;
    this.cutRevoked(events);
    const before = this.seq;
    // Who joins from here on replays these events for itself.
    this.seq = last.seq;
    try {
      await this.deliver(
        events,
        [...this.groups.values()].map((group) => ({ group, to: group.subscribers })),
      );
    } catch (error) {
      // What some already had, their own place in the log keeps them from getting twice.
      this.seq = before;
      throw error;
    }
    return events.length === PAGE;
  }

  private read(after: number): Promise<LogEvent[]> {
    return this.services.read(this.tenantId, { epoch: this.epoch, seq: after }, PAGE);
  }

  /** Whoever lost access gets nothing of the batch that says so. */
  private cutRevoked(events: LogEvent[]): void {
    for (const event of events) {
      if (event.kind !== 'ACCESS_REVOKED') continue;
      for (const [sink, viewer] of this.connections) if (viewer.accessIds.includes(event.subjectId)) sink.cut(CLOSE.FORBIDDEN, 'Forbidden');
    }
  }

  /** Computes each event once per group, rows of all of them loaded together, then writes them in the order of the log. */
  private async deliver(events: LogEvent[], deliveries: { group: Group; to: Iterable<Subscriber> }[]): Promise<void> {
    const contexts = new Map<string, Context>();
    const { describe } = this.services;
    const jobs: { seq: number; to: Iterable<Subscriber>; json: string | Promise<string> }[] = [];
    try {
      for (const { group, to } of deliveries) {
        for (const event of events) {
          if (!group.wants(event)) continue;
          let ctx = contexts.get(group.viewer.permissionKey);
          if (!ctx) contexts.set(group.viewer.permissionKey, (ctx = this.services.contextFor(group.viewer)));
          jobs.push({ seq: event.seq, to, json: group.run(event, ctx, describe) });
        }
      }
      for (const job of jobs) write(job.seq, typeof job.json === 'string' ? job.json : await job.json, job.to);
    } finally {
      await Promise.all(jobs.map((job) => Promise.resolve(job.json).catch(() => undefined)));
      for (const ctx of contexts.values()) await ctx.close();
    }
    const last = events.at(-1)?.seq ?? 0;
    for (const { to } of deliveries) for (const subscriber of to) if (subscriber.seq < last) subscriber.seq = last;
  }
}

function write(seq: number, json: string, to: Iterable<Subscriber>): void {
  const frames = new Map<string, Buffer>();
  for (const subscriber of to) {
    // Already had it: it came by replay, or before the subscription began.
    if (subscriber.seq >= seq || !subscriber.open) continue;
    subscriber.seq = seq;
    const { sink, id } = subscriber;
    const key = sink.kind + id;
    let frame = frames.get(key);
    if (!frame) frames.set(key, (frame = sink.frame(id, json)));
    sink.write(frame);
  }
}
