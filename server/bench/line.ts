import { randomBytes } from 'node:crypto';
import net from 'node:net';

/**
 * A WebSocket client that only counts, so that the clients of a bench cost little beside the server they measure. It sends frames masked with
 * zeros, answers pings, and shows what it receives only where it is asked to.
 */
export class Line {
  /** Text frames received. */
  count = 0;
  /** Given each text, when it is set. */
  heard: ((text: Buffer) => void) | null = null;
  closed = false;
  private rest: Buffer | null = null;

  private constructor(private readonly socket: net.Socket) {}

  static async open(port: number, path: string): Promise<Line> {
    const socket = net.connect(port, '127.0.0.1').setNoDelay();
    const key = randomBytes(16).toString('base64');
    const head = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13', `Sec-WebSocket-Key: ${key}`];
    socket.write(
      `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${head.join('\r\n')}\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n`,
    );
    const line = new Line(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.once('data', (data) => {
        const end = data.indexOf('\r\n\r\n');
        if (end < 0 || !data.toString('latin1', 0, end).includes(' 101 ')) return reject(new Error(data.toString('latin1')));
        resolve();
        if (data.length > end + 4) line.take(data.subarray(end + 4));
        socket.on('data', (more) => line.take(more));
      });
    });
    socket.on('close', () => (line.closed = true));
    return line;
  }

  send(message: object): void {
    this.frame(0x81, Buffer.from(JSON.stringify(message)));
  }

  end(): void {
    this.socket.destroy();
  }

  private frame(first: number, body: Buffer): void {
    const long = body.length > 125;
    const head = Buffer.alloc(long ? 8 : 6);
    head[0] = first;
    head[1] = 0x80 | (long ? 126 : body.length);
    if (long) head.writeUInt16BE(body.length, 2);
    this.socket.write(Buffer.concat([head, body]));
  }

  private take(data: Buffer): void {
    const bytes = this.rest ? Buffer.concat([this.rest, data]) : data;
    let at = 0;
    for (;;) {
      if (bytes.length - at < 2) break;
      const short = (bytes[at + 1] as number) & 0x7f;
      const head = short === 126 ? 4 : short === 127 ? 10 : 2;
      if (bytes.length - at < head) break;
      const length = short === 126 ? bytes.readUInt16BE(at + 2) : short === 127 ? Number(bytes.readBigUInt64BE(at + 2)) : short;
      if (bytes.length - at < head + length) break;
      const first = bytes[at] as number;
      if (first === 0x81) {
        this.count++;
        this.heard?.(bytes.subarray(at + head, at + head + length));
      } else if (first === 0x89) this.frame(0x8a, bytes.subarray(at + head, at + head + length));
      at += head + length;
    }
    this.rest = at < bytes.length ? Buffer.from(bytes.subarray(at)) : null;
  }
}
