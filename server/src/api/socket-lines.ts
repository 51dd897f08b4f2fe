import type { IncomingMessage } from 'node:http';
import { CloseCode, type Server, handleProtocols } from 'graphql-ws';
import type { WebSocket, WebSocketServer } from 'ws';
import type { Log } from '../platform/log.ts';
import { MessageOrder } from './message-order.ts';

/** A silent line is tried this often, in ms; one that has not answered by the next time is broken off. */
const HEARTBEAT = 15_000;
/** When the server ends, clients have so long, in ms, to take what was written and to close. */
const LONGEST_GOODBYE = 2000;

/** Connects sockets to the protocol library and watches that they live. Gives a function that says goodbye to all. */
export function openLines<Session>(
  wss: WebSocketServer,
  protocol: Server<Session>,
  log: Log,
  sessionOf: (socket: WebSocket, request: IncomingMessage) => Session,
): () => Promise<void> {
  const silent = new WeakSet<WebSocket>();
  wss.options.handleProtocols = handleProtocols;
  wss.on('error', (error) => log.error({ err: error }, 'the socket server failed'));
  wss.on('connection', (socket, request) => {
    socket.on('pong', () => silent.delete(socket));
    // A socket that fails closes by itself; what it said and how is of no use to anybody.
    socket.on('error', () => undefined);
    const closed = protocol.opened(lineOf(socket, log), sessionOf(socket, request));
    socket.once(
      'close',
      (code, reason) =>
        void closed(code, String(reason)).catch((error: Error) => log.error({ err: error }, 'a socket did not close well')),
    );
  });
  const timer = setInterval(() => {
    for (const socket of wss.clients) {
      if (silent.has(socket)) socket.terminate();
      else if (socket.readyState === socket.OPEN) {
        silent.add(socket);
        socket.ping();
      }
    }
  }, HEARTBEAT);
  timer.unref();
  return async () => {
    clearInterval(timer);
    for (const socket of wss.clients) socket.close(1001, 'Going away');
    const giveUp = setTimeout(() => wss.clients.forEach((socket) => socket.terminate()), LONGEST_GOODBYE);
    await new Promise<void>((resolve) => wss.close(() => resolve()));
    clearTimeout(giveUp);
  };
}

function lineOf(socket: WebSocket, log: Log): Parameters<Server['opened']>[0] {
  return {
    protocol: socket.protocol,
    send: (data) =>
      new Promise((resolve) => {
        if (socket.readyState !== socket.OPEN) return resolve();
        socket.send(data, () => resolve());
      }),
    close: (code, reason) => socket.close(code, reason),
    onMessage: (handle) => {
      const order = new MessageOrder(
        (message) =>
          handle(message).catch((error: Error) => {
            log.error({ err: error }, 'a message of a socket failed');
            socket.close(CloseCode.InternalServerError, 'Internal server error');
          }),
        (id) => socket.close(CloseCode.SubscriberAlreadyExists, `Subscriber for ${id.slice(0, 50)} already exists`),
      );
      socket.on('message', (data) => order.take(String(data)));
    },
  };
}
