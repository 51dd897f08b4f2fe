import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { settle, until } from '../../test/harness/until.ts';
import { EventSink } from './event-sink.ts';
import { SLOW } from './websocket-sink.ts';

interface Stream {
  sink: EventSink;
  response: ServerResponse;
  reader: IncomingMessage;
  close(): void;
}

async function openStream(): Promise<Stream> {
  let response: ServerResponse | undefined;
  const server = createServer((_request, answer) => void (response = answer)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const request = get({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' });
  await until(() => response !== undefined);
  const sink = new EventSink(response as ServerResponse);
  sink.open();
  const [reader] = (await once(request, 'response')) as [IncomingMessage];
  const close = () => {
    request.destroy();
    server.closeAllConnections();
    server.close();
  };
  return { sink, response: response as ServerResponse, reader, close };
}

const SMALL = Buffer.from('event: next\ndata: {}\n\n');

it('a stream is cut when more than a thousand events wait, however small they are', async () => {
  const { sink, response, reader, close } = await openStream();
  reader.pause();
  // Until the network takes no more, which is far from what may wait in bytes.
  while (response.writableLength === 0) {
    sink.write(Buffer.alloc(64 * 1024), 1);
    await settle(2);
  }
  for (let sent = 0; sent < SLOW.frames - 1; sent++) sink.write(SMALL, 1);
  expect([response.writableEnded, response.writableLength < SLOW.bytes]).toEqual([false, true]);
  sink.write(SMALL, 2);
  expect(response.writableEnded).toBe(true);
  close();
});

it('a stream whose reader keeps up is not cut, however many events one turn writes', async () => {
  const { sink, response, reader, close } = await openStream();
  let heard = 0;
  reader.on('data', (chunk: Buffer) => (heard += chunk.toString().split('event: next').length - 1));
  for (let sent = 0; sent < 3 * SLOW.frames; sent++) sink.write(SMALL, 1);
  await until(() => heard >= 3 * SLOW.frames);
  expect(response.writableEnded).toBe(false);
  close();
});
