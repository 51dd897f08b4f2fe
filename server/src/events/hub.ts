import { type Bus, tenantBell } from '../platform/bus.ts';
import type { OperationServices } from '../platform/context.ts';
import { fault } from '../platform/faults.ts';
import { TenantReader } from '../platform/tenant-reader.ts';
import type { Viewer } from '../platform/viewer.ts';
import { Connection } from './connection.ts';
import { DeliveryContexts } from './delivery-context.ts';
import { type DescribeError, Group } from './group.ts';
import { readHeadAlone, readHeadsAlone, readPageAlone } from './read-log-alone.ts';
import type { Sink } from './sink.ts';
import { TenantStream, type StreamServices } from './stream.ts';
import { Subscriber } from './subscriber.ts';
import type { PreparedDocument } from './subscription-documents.ts';

/** One subscription that a client asks for. */
export interface Wanted {
  prepared: PreparedDocument;
  /** Variables as they came. */
  given?: Record<string, unknown> | null | undefined;
  /** Read afresh after the connection was attached. */
  viewer: Viewer;
  connection: Connection;
  /** The client's name for it. */
  id: string;
}

/** How often the heads of all logs with listeners are compared, in ms: a lost bell delays no longer than this. */
const LOOK_EVERY = 2000;
/** After a fault it is looked again so soon, in ms. */
const LOOK_AGAIN = 250;
/** A database that is away is said to be so this often, in ms. */
const COMPLAIN_EVERY = 10_000;

/** All subscriptions of this process, whatever they came in by. */
export class Hub {
  private readonly streams = new Map<string, { stream: TenantStream; stop: () => void }>();
  private readonly streamServices: StreamServices;
  private readonly timer: NodeJS.Timeout;
  private again: NodeJS.Timeout | undefined;
  private isLooking = false;
  private complainedAt = -Infinity;

  constructor(
    private readonly services: OperationServices,
    private readonly bus: Bus,
    describe: DescribeError,
    /** Connections of one member or key at a time. */
    private readonly mostConnections = Infinity,
  ) {
    const reader = new TenantReader(services.database.app);
    this.streamServices = {
      head: (tenantId) => readHeadAlone(reader, tenantId),
      read: (tenantId, after, limit) => readPageAlone(reader, tenantId, after, limit),
      contexts: () => new DeliveryContexts(services, reader),
      describe,
      onFault: (error) => this.lookAgain(error),
      onIdle: (stream) => this.drop(stream),
    };
    this.timer = setInterval(() => void this.look(), LOOK_EVERY);
    this.timer.unref();
  }

  /**
   * Notes a connection, so that it can be cut when its viewer loses access. From when this resolves, every later revocation is seen: only an
   * authentication that begins after it counts. Throws TOO_MANY beyond the viewer's limit, and what the database throws while it is away.
   */
  async attach(sink: Sink, viewer: Viewer): Promise<Connection> {
    const stream = this.streamOf(viewer.tenantId);
    if (stream.openBy(viewer.principalId) >= this.mostConnections) {
      throw fault('TOO_MANY', `Up to ${this.mostConnections} connections may be open at a time.`);
    }
    const connection = new Connection(sink, viewer, stream);
    stream.attach(connection);
    try {
      await stream.started();
      return connection;
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  /**
   * Subscribes: with `after`, everything since that cursor comes first, through the same code. Throws what the viewer may not do and what is
   * wrong with the variables; a bad or too old cursor ends the subscription with an error of its own.
   */
  subscribe({ prepared, viewer, connection, id, given }: Wanted): Subscriber {
    const { stream } = connection;
    prepared.allow(viewer);
    const { after, args, variables, shared } = prepared.args(given);
    const key = `${prepared.source}\0${JSON.stringify([args, shared])}\0${viewer.permissionKey}`;
    const group = stream.groups.get(key) ?? new Group(key, prepared, args, variables, viewer);
    const subscriber = new Subscriber(id, connection, group);
    void stream.join(subscriber, after);
    return subscriber;
  }

  /** Compares all logs that have listeners with how far they were delivered: one statement, whatever bells were lost. */
  async look(): Promise<void> {
    if (this.isLooking || !this.streams.size) return;
    this.isLooking = true;
    try {
      for (const [tenantId, seq] of await readHeadsAlone(this.services.database.app, [...this.streams.keys()])) {
        const stream = this.streams.get(tenantId)?.stream;
        if (!stream || seq === stream.seq) continue;
        // A log that went back is another one: its epoch must be read.
        if (stream.seq !== null && seq < stream.seq) void stream.recheck();
        else void stream.ring();
      }
    } catch (error) {
      this.lookAgain(error);
    } finally {
      this.isLooking = false;
    }
  }

  /** Subscriptions that are open now. */
  get size(): number {
    return this.keeps.subscribers;
  }

  /** What is held in memory now: all zero once nobody is connected. */
  get keeps(): { streams: number; connections: number; groups: number; subscribers: number } {
    const keeps = { streams: this.streams.size, connections: 0, groups: 0, subscribers: 0 };
    for (const { stream } of this.streams.values()) {
      keeps.connections += stream.connections.size;
      keeps.groups += stream.groups.size;
      for (const group of stream.groups.values()) keeps.subscribers += group.subscribers.size;
    }
    return keeps;
  }

  close(): void {
    clearInterval(this.timer);
    clearTimeout(this.again);
    for (const { stream } of this.streams.values()) for (const connection of stream.connections) connection.close();
  }

  private streamOf(tenantId: string): TenantStream {
    let known = this.streams.get(tenantId);
    if (!known) {
      const stream = new TenantStream(tenantId, this.streamServices);
      known = { stream, stop: this.bus.listen(tenantBell(tenantId), () => void stream.ring()) };
      this.streams.set(tenantId, known);
    }
    return known.stream;
  }

  private drop(stream: TenantStream): void {
    const known = this.streams.get(stream.tenantId);
    if (known?.stream !== stream) return;
    known.stop();
    this.streams.delete(stream.tenantId);
  }

  /** While the database is away, one look for all streams finds out when it is back. */
  private lookAgain(error: unknown): void {
    this.again ??= setTimeout(() => {
      this.again = undefined;
      void this.look();
    }, LOOK_AGAIN).unref();
    const now = performance.now();
    if (now - this.complainedAt < COMPLAIN_EVERY) return;
    this.complainedAt = now;
    this.services.log.warn({ err: error }, 'the event log cannot be read; it is tried again until it can');
  }
}
