import type { Wire } from './sink.ts';
import type { Subscriber } from './subscriber.ts';

/** What one event says to one group, as JSON. */
export interface Payload {
  seq: number;
  json: string;
}

/** Characters that go into one write: between writes it is looked whether the client keeps up. */
const MOST_AT_ONCE = 65_536;

/** Writes payloads, in the order of the log, to everyone who has not had them: as few writes as possible, for each is a call of the system. */
export function writePayloads(payloads: readonly Payload[], to: Iterable<Subscriber>): void {
  let start = 0;
  let size = 0;
  for (const [index, { json }] of payloads.entries()) {
    size += json.length;
    if (size < MOST_AT_ONCE && index < payloads.length - 1) continue;
    writeTogether(payloads.slice(start, index + 1), to);
    start = index + 1;
    size = 0;
  }
}

function writeTogether(payloads: readonly Payload[], to: Iterable<Subscriber>): void {
  const first = (payloads[0] as Payload).seq;
  const last = (payloads.at(-1) as Payload).seq;
  const frames = new Frames(payloads);
  let bytes: Buffer | undefined;
  let wire: Wire | undefined;
  let id: string | undefined;
  for (const subscriber of to) {
    const { seq } = subscriber;
    // Already had it: it came by replay, or before the subscription began.
    if (seq >= last || !subscriber.open) continue;
    subscriber.seq = last;
    const { sink } = subscriber.connection;
    if (seq >= first) {
      const rest = payloads.filter((payload) => payload.seq > seq);
      sink.write(new Frames(rest).of(sink.wire, subscriber.id), rest.length);
      continue;
    }
    if (!bytes || subscriber.id !== id || sink.wire !== wire) {
      wire = sink.wire;
      id = subscriber.id;
      bytes = frames.of(wire, id);
    }
    sink.write(bytes, payloads.length);
  }
}

/** The bytes of some payloads: clients that number their subscriptions alike get the very same. */
class Frames {
  private readonly wires = new Map<Wire, { bodies: Buffer[]; byId: Map<string, Buffer> }>();

  constructor(private readonly payloads: readonly Payload[]) {}

  of(wire: Wire, id: string): Buffer {
    let known = this.wires.get(wire);
    if (!known) this.wires.set(wire, (known = { bodies: this.payloads.map(({ json }) => wire.body(json)), byId: new Map() }));
    let bytes = known.byId.get(id);
    if (!bytes) known.byId.set(id, (bytes = wire.frames(id, known.bodies)));
    return bytes;
  }
}
