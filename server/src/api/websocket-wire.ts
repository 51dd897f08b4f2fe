import type { Wire } from '../events/sink.ts';

/** `next` messages of graphql-transport-ws as whole WebSocket frames: text, unmasked, uncompressed (RFC 6455, 5.2). */
export const webSocketWire: Wire = {
  body: (json) => Buffer.from(`,"type":"next","payload":${json}}`),

  frame(subscriptionId, body) {
    const start = `{"id":${JSON.stringify(subscriptionId)}`;
    const startLength = Buffer.byteLength(start);
    const length = startLength + body.length;
    const head = length < 126 ? 2 : length < 65_536 ? 4 : 10;
    const frame = Buffer.allocUnsafe(head + length);
    frame[0] = 0x81;
    if (head === 2) frame[1] = length;
    else if (head === 4) {
      frame[1] = 126;
      frame.writeUInt16BE(length, 2);
    } else {
      frame[1] = 127;
      frame.writeBigUInt64BE(BigInt(length), 2);
    }
    frame.write(start, head, 'utf8');
    body.copy(frame, head + startLength);
    return frame;
  },
};
