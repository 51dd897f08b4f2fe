import net from 'node:net';

/**
 * A kept-alive HTTP connection that posts requests which were made beforehand, one at a time, and reads an answer's status and length alone, so
 * that the sender costs little beside the server that is measured.
 */
export class HttpLine {
  private rest = '';
  private settle: { resolve: (status: number) => void; reject: (error: Error) => void } | null = null;

  private constructor(private readonly socket: net.Socket) {
    socket.on('data', (data) => this.take(data));
    socket.on('close', () => this.settle?.reject(new Error('The server closed the connection.')));
    socket.on('error', () => undefined);
  }

  static async open(port: number): Promise<HttpLine> {
    const socket = net.connect(port, '127.0.0.1').setNoDelay();
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    return new HttpLine(socket);
  }

  /** Posts a request and gives the status of its answer. */
  post(request: Buffer): Promise<number> {
    return new Promise((resolve, reject) => {
      if (this.socket.destroyed) return reject(new Error('The server has closed the connection.'));
      this.settle = { resolve, reject };
      this.socket.write(request);
    });
  }

  close(): void {
    this.socket.destroy();
  }

  private take(data: Buffer): void {
    this.rest += data.toString('latin1');
    const head = this.rest.indexOf('\r\n\r\n') + 4;
    if (head < 4) return;
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(this.rest)?.[1] ?? 0);
    if (this.rest.length < head + length) return;
    const status = Number(this.rest.slice(9, 12));
    this.rest = '';
    const { settle } = this;
    this.settle = null;
    settle?.resolve(status);
  }
}

/** A request as it goes over the wire. */
export function postRequest(path: string, headers: Record<string, string>, body: Buffer): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-length: ${body.length}\r\n${lines.join('')}\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}
