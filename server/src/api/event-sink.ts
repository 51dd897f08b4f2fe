import type { ServerResponse } from 'node:http';
import type { Sink, Wire } from '../events/sink.ts';
import { SLOW } from './websocket-sink.ts';

/** A comment line now and then keeps proxies from closing a quiet stream. */
const KEEP_ALIVE = 15_000;
/** A replay waits for its reader so long, in ms. */
const LONGEST_WAIT = 30_000;

/** One request carries one subscription, so that its id is not said. */
const eventWire: Wire = {
  body: (json) => Buffer.from(`event: next\ndata: ${json}\n\n`),
  frames: (_subscriptionId, bodies) => (bodies.length === 1 ? (bodies[0] as Buffer) : Buffer.concat(bodies)),
};

/** One answer that goes on as server-sent events. */
export class EventSink implements Sink {
  readonly wire = eventWire;
  private isOver = false;
  private waiting = 0;
  private beat: NodeJS.Timeout | undefined;

  constructor(private readonly response: ServerResponse) {
    response.once('close', () => {
      this.isOver = true;
      clearInterval(this.beat);
    });
    // A client that went away between two writes is no fault.
    response.on('error', () => undefined);
  }

  /** Sends the head: from here on the answer is a stream. */
  open(): void {
    this.response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    this.response.write(':\n\n');
    this.beat = setInterval(() => this.write(Buffer.from(':\n\n'), 0), KEEP_ALIVE).unref();
  }

  write(frames: Buffer, count: number): void {
    if (this.isOver) return;
    const { response } = this;
    const buffered = response.writableLength;
    if (buffered === 0) this.waiting = 0;
    else if ((this.waiting += count) > SLOW.frames || buffered > SLOW.bytes) return this.cut();
    response.write(frames);
    // Node holds it back until the turn ends: what one turn writes would look like a reader who takes nothing.
    response.socket?.uncork();
  }

  async drained(): Promise<void> {
    const end = performance.now() + LONGEST_WAIT;
    while (!this.isOver && this.response.writableLength > SLOW.bytes / 4) {
      if (performance.now() > end) return this.cut();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    this.waiting = 0;
  }

  /** Ends the subscription for good, with its errors when it failed. A client does not come back after it. */
  complete(errors?: object[]): void {
    if (this.isOver) return;
    this.isOver = true;
    if (errors) this.response.write(`event: next\ndata: ${JSON.stringify({ errors })}\n\n`);
    this.response.end('event: complete\ndata:\n\n');
  }

  /** Ends the stream but not the subscription: the client comes back with its cursor. */
  cut(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.response.end();
    setTimeout(() => this.response.destroy(), 1000).unref();
  }
}
