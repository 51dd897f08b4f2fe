import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import { CLOSE, type Sink } from '../events/sink.ts';

/** A client that has not taken this much is too slow; it may come back and go on from its cursor. */
export const SLOW = { frames: 1000, bytes: 1 << 20 };

/** The library's socket underneath: frames that are built once for many clients go straight to it. */
interface WithSocket {
  _socket?: Duplex | null;
}

/** One WebSocket that speaks graphql-transport-ws. */
export class WebSocketSink implements Sink {
  readonly kind = 'websocket';
  private waiting = 0;
  private isCut = false;

  constructor(private readonly socket: WebSocket) {}

  frame(subscriptionId: string, json: string): Buffer {
    const text = `{"id":${JSON.stringify(subscriptionId)},"type":"next","payload":${json}}`;
    const length = Buffer.byteLength(text);
    const head = length < 126 ? 2 : length < 65_536 ? 4 : 10;
    const frame = Buffer.allocUnsafe(head + length);
    frame[0] = 0x81; // a whole text message, unmasked, uncompressed
    if (head === 2) frame[1] = length;
    else if (head === 4) {
      frame[1] = 126;
      frame.writeUInt16BE(length, 2);
    } else {
      frame[1] = 127;
      frame.writeBigUInt64BE(BigInt(length), 2);
    }
    frame.write(text, head, 'utf8');
    return frame;
  }

  write(frame: Buffer): void {
    const { socket } = this;
    if (this.isCut || socket.readyState !== WebSocket.OPEN) return;
    const buffered = socket.bufferedAmount;
    if (buffered === 0) this.waiting = 0;
    else if (++this.waiting > SLOW.frames || buffered > SLOW.bytes) return this.cut(CLOSE.TOO_SLOW, 'Too slow');
    (socket as WithSocket)._socket?.write(frame);
  }

  async drained(): Promise<void> {
    while (!this.isCut && this.socket.readyState === WebSocket.OPEN && this.socket.bufferedAmount > SLOW.bytes / 4) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    this.waiting = 0;
  }

  cut(code: number, reason: string): void {
    if (this.isCut) return;
    this.isCut = true;
    this.socket.close(code, reason);
    // A close frame alone never reaches somebody who has stopped reading.
    setTimeout(() => this.socket.terminate(), 1000).unref();
  }
}
