import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parse } from 'graphql';
import { openFeed, type Ending } from './socket.ts';

/** A socket of which the test plays the server. */
class PlayedSocket {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;
  static opened: PlayedSocket[] = [];
  readyState = 0;
  sent: { type: string }[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  onerror: ((event: object) => void) | null = null;

  constructor() {
    PlayedSocket.opened.push(this);
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text) as { type: string });
  }

  close(): void {
    this.readyState = 3;
  }

  accept(): void {
    this.readyState = 1;
    this.onopen?.();
    this.onmessage?.({ data: '{"type":"connection_ack"}' });
  }

  closeWith(code: number): void {
    this.readyState = 3;
    this.onclose?.({ code, reason: '' });
  }
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

async function listen() {
  const endings: Ending[] = [];
  let connections = 0;
  const stop = openFeed(
    parse('subscription { a }'),
    {},
    {
      onConnected: () => (connections += 1),
      onData: () => undefined,
      onEnd: (ending) => endings.push(ending),
    },
  );
  await settle();
  const [socket] = PlayedSocket.opened.slice(-1) as [PlayedSocket];
  return { endings, stop, socket, connections: () => connections };
}

beforeEach(() => {
  PlayedSocket.opened = [];
  vi.stubGlobal('location', { protocol: 'https:', host: 'inbox.example' });
  vi.stubGlobal('WebSocket', PlayedSocket);
});
afterEach(() => vi.unstubAllGlobals());

describe('a socket the server closes', () => {
  it.each([1000, 1001, 1006, 1011, 1012, 1013, 4429])('with %i is a cut, told once, and not taken up by itself', async (code) => {
    const { endings, socket, connections } = await listen();
    socket.accept();
    await settle();
    expect(socket.sent.map(({ type }) => type)).toEqual(['connection_init', 'subscribe']);
    socket.closeWith(code);
    await settle();
    expect(endings).toEqual([{ kind: 'cut' }]);
    expect([PlayedSocket.opened.length, connections()]).toEqual([1, 1]);
  });

  it.each([1013, 4429])('with %i before it is let in is a cut too', async (code) => {
    const { endings, socket, connections } = await listen();
    socket.closeWith(code);
    await settle();
    expect(endings).toEqual([{ kind: 'cut' }]);
    expect([PlayedSocket.opened.length, connections()]).toEqual([1, 0]);
  });

  it.each([4401, 4403])('with %i may mean that nobody is signed in', async (code) => {
    const { endings, socket } = await listen();
    socket.closeWith(code);
    await settle();
    expect(endings).toEqual([{ kind: 'signed-out' }]);
  });

  it('says nothing once it was stopped', async () => {
    const { endings, socket, stop } = await listen();
    stop();
    socket.closeWith(1006);
    await settle();
    expect(endings).toEqual([]);
  });
});
