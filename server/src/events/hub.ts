import { type Bus, tenantBell } from '../platform/bus.ts';
import { Context, type Services } from '../platform/context.ts';
import type { Viewer } from '../platform/viewer.ts';
import type { LogPosition } from './cursor.ts';
import { type DescribeError, Group } from './group.ts';
import { readHeadAlone, readPageAlone } from './read-log-alone.ts';
import type { LogEvent, LogHead } from './read-log.ts';
import type { Sink } from './sink.ts';
import { TenantStream } from './stream.ts';
import { Subscriber } from './subscriber.ts';
import type { PreparedDocument } from './subscription-documents.ts';

/** What a stream needs of the process. */
export interface HubServices {
  head(tenantId: string): Promise<LogHead>;
  read(tenantId: string, after: LogPosition, limit: number): Promise<LogEvent[]>;
  contextFor(viewer: Viewer): Context;
  describe: DescribeError;
  onFault(error: Error): void;
}

/** How often the heads of all logs with listeners are compared, in ms: a lost bell delays no longer than this. */
const LOOK_EVERY = 2000;

/** All subscriptions of this process, whatever they came in by. */
export class Hub {
  private readonly streams = new Map<string, { stream: TenantStream; stop: () => void }>();
  private readonly hubServices: HubServices;
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly services: Services,
    private readonly bus: Bus,
    describe: DescribeError,
  ) {
    this.hubServices = {
      head: (tenantId) => readHeadAlone(services.database.app, tenantId),
      read: (tenantId, after, limit) => readPageAlone(services.database.app, tenantId, after, limit),
      contextFor: (viewer) => new Context(services, viewer, { id: 'subscription', address: '' }),
      describe,
      onFault: (error) => services.log.warn({ err: error }, 'the event log could not be read; it will be tried again'),
    };
    this.timer = setInterval(() => void this.look(), LOOK_EVERY);
    this.timer.unref();
  }

  /** Notes a connection, so that it can be cut when its credential is revoked. Gives a function for when it closes. */
  attach(sink: Sink, viewer: Viewer): () => void {
    const stream = this.streamOf(viewer.tenantId);
    stream.connections.set(sink, viewer);
    // From here on revocations are seen, also before the first subscription.
    void stream.ring();
    return () => {
      stream.connections.delete(sink);
      this.dropIfIdle(stream);
    };
  }

  /**
   * Subscribes: with `after`, everything since that cursor comes first, through the same code. Throws what the viewer may not do and what is
   * wrong with the variables; a bad or too old cursor ends the subscription with an error of its own.
   */
  subscribe(prepared: PreparedDocument, given: Record<string, unknown> | undefined, viewer: Viewer, sink: Sink, id: string): Subscriber {
    prepared.allow(viewer);
    const { args, variables } = prepared.args(given);
    const { after, ...shared } = args;
    const stream = this.streamOf(viewer.tenantId);
    const key = `${prepared.source}\0${JSON.stringify([shared, withoutCursor(variables, after)])}\0${viewer.permissionKey}`;
    const group = stream.groups.get(key) ?? new Group(key, prepared, shared, variables, viewer);
    const subscriber = new Subscriber(id, viewer, sink, group, 0, (left) => {
      left.group.subscribers.delete(left);
      if (!left.group.subscribers.size && stream.groups.get(key) === left.group) stream.groups.delete(key);
      this.dropIfIdle(stream);
    });
    void stream.join(subscriber, typeof after === 'string' ? after : null);
    return subscriber;
  }

  /** Compares all logs that have listeners with how far they were delivered: one statement, whatever bells were lost. */
  async look(): Promise<void> {
    const tenantIds = [...this.streams.keys()];
    if (!tenantIds.length) return;
    try {
      const { rows } = await this.services.database.app.query<{ tenant_id: string; seq: string }>({
        name: 'event_heads',
        text: 'select tenant_id, seq from event_heads($1::uuid[])',
        values: [tenantIds],
      });
      for (const row of rows) {
        const stream = this.streams.get(row.tenant_id)?.stream;
        if (stream && Number(row.seq) > (stream.seq ?? -1)) void stream.ring();
      }
    } catch (error) {
      this.hubServices.onFault(error as Error);
    }
  }

  /** Subscriptions that are open now. */
  get size(): number {
    let size = 0;
    for (const { stream } of this.streams.values()) for (const group of stream.groups.values()) size += group.subscribers.size;
    return size;
  }

  close(): void {
    clearInterval(this.timer);
    for (const { stop } of this.streams.values()) stop();
    this.streams.clear();
  }

  private streamOf(tenantId: string): TenantStream {
    let known = this.streams.get(tenantId);
    if (!known) {
      const stream = new TenantStream(tenantId, this.hubServices);
      known = { stream, stop: this.bus.listen(tenantBell(tenantId), () => void stream.ring()) };
      this.streams.set(tenantId, known);
    }
    return known.stream;
  }

  private dropIfIdle(stream: TenantStream): void {
    if (stream.groups.size || stream.connections.size || this.streams.get(stream.tenantId)?.stream !== stream) return;
    this.streams.get(stream.tenantId)?.stop();
    this.streams.delete(stream.tenantId);
  }
}

/** The cursor is the subscriber's own, not the group's, under whatever name its variable has. */
function withoutCursor(variables: Record<string, unknown>, after: unknown): [string, unknown][] {
  return Object.entries(variables).filter(([, value]) => after === undefined || value !== after);
}
