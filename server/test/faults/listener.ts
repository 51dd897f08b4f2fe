import WebSocket from 'ws';
import { readCursor } from '../../src/events/cursor.ts';
import { until } from '../harness/until.ts';

/** Every event, from which its order and identity can be told. */
export const EVERY_EVENT =
  'subscription($after: Cursor, $kinds: [EventKind!]) { eventRecorded(after: $after, kinds: $kinds) { cursor subjectId kind } }';

export interface Told {
  cursor: string;
  subjectId: string;
  [field: string]: unknown;
}

export interface Frame {
  id?: string;
  type: string;
  payload?: unknown;
}

interface Fault {
  message: string;
  extensions: { code: string };
}

/** The event that a frame brought, if it brought one. */
export function toldIn({ type, payload }: Frame): Told[] {
  return type === 'next' ? Object.values((payload as { data: Record<string, Told> }).data) : [];
}

/** A client that speaks graphql-transport-ws by hand, so that a test can break every rule of it. */
export class Listener {
  readonly frames: Frame[] = [];
  /** Called for every frame as it comes. */
  heard: (frame: Frame) => void = () => undefined;
  closed: { code: number; reason: string } | null = null;
  readonly ws: WebSocket;

  private constructor(url: string, cookie?: string) {
    this.ws = new WebSocket(
      `${url.replace(/^http/, 'ws')}/graphql`,
      'graphql-transport-ws',
      cookie ? { headers: { cookie } } : {},
    );
    this.ws.on('message', (data) => {
      const frame = JSON.parse(String(data)) as Frame;
      if (frame.type === 'ping') return this.send({ type: 'pong' });
      this.frames.push(frame);
      this.heard(frame);
    });
    this.ws.on('close', (code, reason) => void (this.closed = { code, reason: String(reason) }));
    this.ws.on('error', () => undefined);
  }

  /** Opens a socket and waits for the server's acknowledgement. */
  static async open(url: string, { apiKey, cookie }: { apiKey?: string; cookie?: string }): Promise<Listener> {
    const listener = new Listener(url, cookie);
    await new Promise<void>((resolve, reject) => listener.ws.once('open', resolve).once('error', reject));
    listener.send({ type: 'connection_init', ...(apiKey && { payload: { apiKey } }) });
    await until(() => listener.frames.some((frame) => frame.type === 'connection_ack') || listener.closed !== null);
    return listener;
  }

  /** Opens a socket with one subscription, whose id is 1. */
  static async subscribed(url: string, apiKey: string, query = EVERY_EVENT, variables?: object): Promise<Listener> {
    const listener = await Listener.open(url, { apiKey });
    listener.subscribe('1', query, variables);
    return listener;
  }

  send(frame: Frame): void {
    this.ws.send(JSON.stringify(frame));
  }

  subscribe(id: string, query = EVERY_EVENT, variables: object = {}): void {
    this.send({ id, type: 'subscribe', payload: { query, variables } });
  }

  complete(id: string): void {
    this.send({ id, type: 'complete' });
  }

  /** The events that came to a subscription, in the order of their coming. */
  told(id = '1'): Told[] {
    return this.frames.filter((frame) => frame.id === id).flatMap(toldIn);
  }

  /** Why the server ended a subscription. */
  errors(id = '1'): Fault[] {
    return this.frames.filter((frame) => frame.id === id && frame.type === 'error').flatMap((frame) => frame.payload as Fault[]);
  }

  /** Errors of fields, in payloads that came. */
  get fieldErrors(): unknown[] {
    return this.frames.flatMap((frame) =>
      frame.type === 'next' ? ((frame.payload as { errors?: unknown[] }).errors ?? []) : [],
    );
  }

  /** Breaks the line without a word. */
  cut(): void {
    this.ws.terminate();
  }

  async close(): Promise<void> {
    this.ws.terminate();
    await until(() => this.closed !== null);
  }
}

/** The places in the log, as numbers. */
export function places(told: Told[]): number[] {
  return told.map(({ cursor }) => readCursor(cursor).seq);
}
