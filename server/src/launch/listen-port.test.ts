import { createServer, type AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { listenPort } from './listen-port.ts';

const closers: (() => void)[] = [];
afterEach(() => closers.splice(0).forEach((close) => close()));

async function busyPort(host: string): Promise<number> {
  const server = createServer().listen(0, host);
  closers.push(() => server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  return (server.address() as AddressInfo).port;
}

test('a free port is taken', async () => {
  const port = await busyPort('127.0.0.1');
  closers.splice(0).forEach((close) => close());
  await expect(listenPort(port, true)).resolves.toBe(port);
});

test.each(['0.0.0.0', '127.0.0.1'])('the default moves on when it is busy on %s', async (host) => {
  const busy = await busyPort(host);
  await expect(listenPort(busy, false)).resolves.toBeGreaterThan(busy);
});

test('a port that was chosen and is busy is an error that says what to do', async () => {
  const busy = await busyPort('127.0.0.1');
  await expect(listenPort(busy, true)).rejects.toThrow(
    `Port ${busy} is in use. Stop what listens there, or set PORT to another.`,
  );
});
