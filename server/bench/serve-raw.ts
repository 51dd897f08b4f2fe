import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { answer } from './side.ts';

/**
 * The limit: sockets of `ws` and nothing else. It knows all events beforehand, reads nothing from anywhere, checks nobody, and calls `ws.send` with one
 * buffer for each event and socket: a server on this library can hardly do less.
 */
const http = createServer();
const wss = new WebSocketServer({ server: http, perMessageDeflate: false, handleProtocols: () => 'graphql-transport-ws' });
const groups = new Map<string, WebSocket[]>();

wss.on('connection', (ws) => {
  ws.on('message', (data) => {
    const { type, payload } = JSON.parse(String(data)) as { type: string; payload?: { apiKey?: string } };
    if (type !== 'connection_init') return;
    const group = payload?.apiKey ?? '';
    groups.set(group, [...(groups.get(group) ?? []), ws]);
    ws.send('{"type":"connection_ack"}');
  });
});

/** Payloads by group, one after the other, as the product sent them. */
const payloads = new Map<string, object[]>();
let next = 0;

answer({
  start: () => new Promise((resolve) => http.listen(0, '127.0.0.1', () => resolve((http.address() as AddressInfo).port))),
  learn(group: string, frames: object[]) {
    payloads.set(group, frames);
  },
  /** So many events to each group. */
  send(events: number) {
    for (const [group, sockets] of groups) {
      const known = payloads.get(group) as object[];
      for (let event = next; event < next + events; event++) {
        const frame = Buffer.from(JSON.stringify(known[event % known.length]));
        for (const socket of sockets) socket.send(frame, { binary: false });
      }
    }
    next += events;
  },
  forget() {
    for (const client of wss.clients) client.terminate();
    groups.clear();
    payloads.clear();
    next = 0;
  },
  end: () => undefined,
});
