import { setTimeout as pause } from 'node:timers/promises';
import { isConnectionFault } from '../platform/connection-fault.ts';
import { fault } from '../platform/faults.ts';
import type { Connection } from './connection.ts';
import { type Audience, deliver } from './deliver.ts';
import type { DeliveryContexts } from './delivery-context.ts';
import type { DescribeError, Group } from './group.ts';
import type { LogPosition } from './cursor.ts';
import { type LogEvent, type LogHead, placeOf } from './read-log.ts';
import { CLOSE } from './sink.ts';
import type { Subscriber } from './subscriber.ts';

/** What a stream needs of the process. */
export interface StreamServices {
  head(tenantId: string): Promise<LogHead>;
  read(tenantId: string, after: LogPosition, limit: number): Promise<LogEvent[]>;
  contexts(): DeliveryContexts;
  describe: DescribeError;
  /** The log could not be read: somebody must ring again. */
  onFault(error: unknown): void;
  /** Nobody is left. */
  onIdle(stream: TenantStream): void;
}

const PAGE = 500;
/** Between two tries while the database is away, in ms. */
const AWAY = 250;

/** The live end of one tenant's log in this process: it reads each event once and hands it to every group that wants it. */
export class TenantStream {
  readonly groups = new Map<string, Group>();
  readonly connections = new Set<Connection>();
  private readonly principals = new Map<string, number>();
  /** Delivered up to here; null until the log was first looked at. */
  seq: number | null = null;
  private epoch: Buffer = Buffer.alloc(0);
  private reading = false;
  private rungAgain = false;
  private thisHead: Promise<LogHead> | null = null;
  private nextHead: Promise<LogHead> | null = null;

  constructor(
    readonly tenantId: string,
    private readonly services: StreamServices,
  ) {}

  /** Resolves when all that is committed from here on will be seen, revocations above all. Rejects when the database is away. */
  async started(): Promise<void> {
    if (this.seq === null) this.meet(await this.freshHead());
  }

  /** Looks at the log and delivers what is new. Rung while it looks, it looks once more. */
  async ring(): Promise<void> {
    if (this.reading) {
      this.rungAgain = true;
      return;
    }
    this.reading = true;
    try {
      await this.started();
      do {
        this.rungAgain = false;
        while (await this.readPage());
      } while (this.rungAgain);
    } catch (error) {
      // The next ring goes on from the same place: the log is late, not lost.
      this.services.onFault(error);
    } finally {
      this.reading = false;
    }
  }

  /**
   * Brings a subscriber to the live end, through the log if it was away, and puts it into its group. While the database is away it waits.
   * A cursor that is no good ends the subscription with the reason.
   */
  async join(subscriber: Subscriber, after: string | null): Promise<void> {
    while (subscriber.open) {
      try {
        const head = await this.freshHead();
        this.meet(head);
        if (subscriber.seq < 0) subscriber.seq = after === null ? head.seq : placeOf(head, after).seq;
        await this.replay(subscriber);
        if (subscriber.open) this.admit(subscriber);
        return;
      } catch (error) {
        if (!isConnectionFault(error)) return subscriber.end(error);
        await pause(AWAY);
      }
    }
  }

  /** Takes a subscriber that ended out of its group, and the group away with its last. */
  leave(subscriber: Subscriber): void {
    const { group } = subscriber;
    if (group.subscribers.delete(subscriber) && !group.subscribers.size) this.groups.delete(group.key);
  }

  attach(connection: Connection): void {
    const { principalId } = connection.viewer;
    this.connections.add(connection);
    this.principals.set(principalId, this.openBy(principalId) + 1);
  }

  detach(connection: Connection): void {
    if (!this.connections.delete(connection)) return;
    const { principalId } = connection.viewer;
    const others = this.openBy(principalId) - 1;
    if (others) this.principals.set(principalId, others);
    else this.principals.delete(principalId);
    if (!this.connections.size) this.services.onIdle(this);
  }

  /** How many connections a member or key has open here. */
  openBy(principalId: string): number {
    return this.principals.get(principalId) ?? 0;
  }

  /** Reads the head again, because the log seems to stand before what was delivered. */
  async recheck(): Promise<void> {
    const delivered = this.seq ?? 0;
    try {
      const head = await this.freshHead();
      this.meet(head, head.seq < delivered);
    } catch (error) {
      this.services.onFault(error);
    }
  }

  /** Takes note of where the log stands. One of another epoch, or one that went back, is another log: a backup was restored. */
  private meet({ epoch, seq }: LogHead, wentBack = false): void {
    const isAnother = this.seq !== null && (wentBack || !epoch.equals(this.epoch));
    if (this.seq === null || isAnother) {
      this.epoch = epoch;
      this.seq = seq;
    }
    if (isAnother) this.resyncAll();
  }

  private admit(subscriber: Subscriber): void {
    const { group } = subscriber;
    const live = this.groups.get(group.key) ?? group;
    this.groups.set(group.key, live);
    subscriber.group = live;
    live.subscribers.add(subscriber);
    void this.ring();
  }

  /** A head that is read after this call began; calls that wait for the same reading share it. */
  private freshHead(): Promise<LogHead> {
    if (!this.thisHead) return (this.thisHead = this.readHead());
    this.nextHead ??= this.thisHead
      .catch(() => undefined)
      .then(() => {
        this.nextHead = null;
        return (this.thisHead = this.readHead());
      });
    return this.nextHead;
  }

  private async readHead(): Promise<LogHead> {
    try {
      return await this.services.head(this.tenantId);
    } finally {
      this.thisHead = null;
    }
  }

  /** Replay is the same reading and the same delivery as live, to one subscriber, until it meets the stream. */
  private async replay(subscriber: Subscriber): Promise<void> {
    const { epoch } = this;
    const audience: Audience[] = [{ group: subscriber.group, to: new Set([subscriber]) }];
    while (subscriber.open && subscriber.seq < (this.seq ?? 0)) {
      const events = await this.read(subscriber.seq);
      if (this.epoch !== epoch || !follows(events, subscriber.seq)) throw resyncRequired();
      // What the stream has not met yet may hold the revocation of this very client.
      const known = events.filter((event) => event.seq <= (this.seq ?? 0));
      await this.deliver(known, audience);
      subscriber.seq = known.at(-1)?.seq ?? subscriber.seq;
      await subscriber.connection.sink.drained();
    }
  }

  private async readPage(): Promise<boolean> {
    const before = this.seq ?? 0;
    const events = await this.read(before);
    const last = events.at(-1);
    if (!last || this.seq !== before) return false;
    if (!follows(events, before)) this.resyncAll();
    this.cutRevoked(events);
    // Who joins from here on replays these events for itself.
    this.seq = last.seq;
    try {
      await this.deliver(
        events,
        [...this.groups.values()].map((group) => ({ group, to: group.subscribers })),
      );
    } catch (error) {
      // What some already had, their own place in the log keeps them from getting twice.
      if (this.seq === last.seq) this.seq = before;
      throw error;
    }
    return events.length === PAGE;
  }

  private read(after: number): Promise<LogEvent[]> {
    return this.services.read(this.tenantId, { epoch: this.epoch, seq: after }, PAGE);
  }

  private deliver(events: LogEvent[], audiences: Audience[]): Promise<void> {
    return deliver(events, audiences, this.services.contexts(), this.services.describe);
  }

  /** Whoever lost access gets nothing of the batch that says so. */
  private cutRevoked(events: LogEvent[]): void {
    for (const { kind, subjectId } of events) {
      if (kind !== 'ACCESS_REVOKED') continue;
      for (const { sink, viewer } of this.connections)
        if (viewer.accessIds.includes(subjectId)) sink.cut(CLOSE.FORBIDDEN, 'Forbidden');
    }
  }

  /** Between what was delivered and what comes next something is missing for good: everybody must read afresh. */
  private resyncAll(): void {
    for (const group of this.groups.values()) for (const subscriber of group.subscribers) subscriber.end(resyncRequired());
  }
}

/** The log has no gaps: a first event that is not the next one means that those between were deleted. */
function follows([first]: LogEvent[], seq: number): boolean {
  return first?.seq === seq + 1;
}

function resyncRequired(): Error {
  return fault(
    'RESYNC_REQUIRED',
    'The log no longer reaches back to this cursor. Read what you show again and go on from its `eventCursor`.',
  );
}
