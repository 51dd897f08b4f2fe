import type { Wire } from '../events/sink.ts';

const SHORT = 126;
const MEDIUM = 65_536;

/** `next` messages of graphql-transport-ws as whole WebSocket frames: text, unmasked, uncompressed (RFC 6455, 5.2). */
export const webSocketWire: Wire = {
  body: (json) => Buffer.from(`,"type":"next","payload":${json}}`),

  frames(subscriptionId, bodies) {
    const start = Buffer.from(`{"id":${JSON.stringify(subscriptionId)}`);
    let size = 0;
    for (const body of bodies) size += headSize(start.length + body.length) + start.length + body.length;
    const frames = Buffer.allocUnsafe(size);
    let at = 0;
    for (const body of bodies) {
      at = writeHead(frames, at, start.length + body.length);
      at += start.copy(frames, at);
      at += body.copy(frames, at);
    }
    return frames;
  },
};

function headSize(length: number): number {
  return length < SHORT ? 2 : length < MEDIUM ? 4 : 10;
}

function writeHead(frames: Buffer, at: number, length: number): number {
  frames[at] = 0x81;
  if (length < SHORT) {
    frames[at + 1] = length;
    return at + 2;
  }
  if (length < MEDIUM) {
    frames[at + 1] = 126;
    return frames.writeUInt16BE(length, at + 2);
  }
  frames[at + 1] = 127;
  return frames.writeBigUInt64BE(BigInt(length), at + 2);
}
