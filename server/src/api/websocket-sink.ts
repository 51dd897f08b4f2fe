import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import { CLOSE, type Sink } from '../events/sink.ts';
import { webSocketWire } from './websocket-wire.ts';

/** A client that has not taken this much is too slow; it may come back and go on from its cursor. */
export const SLOW = { frames: 1000, bytes: 1 << 20 };

/** The library's socket underneath: frames that are built once for many clients go straight to it. */
interface WithSocket {
  _socket?: Duplex | null;
}

/** One WebSocket that speaks graphql-transport-ws. */
export class WebSocketSink implements Sink {
  readonly wire = webSocketWire;
  private waiting = 0;
  private isCut = false;

  constructor(private readonly socket: WebSocket) {}

  write(frames: Buffer, count: number): void {
    const { socket } = this;
    const line = (socket as WithSocket)._socket;
    if (this.isCut || !line || socket.readyState !== WebSocket.OPEN) return;
    const buffered = line.writableLength;
    if (buffered === 0) this.waiting = 0;
    else if ((this.waiting += count) > SLOW.frames || buffered > SLOW.bytes) return this.cut(CLOSE.TOO_SLOW, 'Too slow');
    line.write(frames);
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
