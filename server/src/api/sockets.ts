import type { FastifyInstance } from 'fastify';
import { GraphQLError } from 'graphql';
import { makeServer, type ServerOptions } from 'graphql-ws';
import { WebSocketServer } from 'ws';
import type { Wanted } from '../events/hub.ts';
import { CLOSE } from '../events/sink.ts';
import { DocumentRefused } from '../events/subscription-documents.ts';
import { isConnectionFault } from '../platform/connection-fault.ts';
import { fault } from '../platform/faults.ts';
import { newId } from '../platform/ids.ts';
import { describeError } from './describe-error.ts';
import { openLines } from './socket-lines.ts';
import { type SessionParts, SocketSession } from './socket-session.ts';

export interface SocketLimits {
  /** Open connections of one member or key. */
  sockets: number;
  /** Open subscriptions on one socket. */
  subscriptions: number;
}

type Hooks = ServerOptions<Record<string, unknown>, SocketSession>;

/** Subscriptions over WebSocket at /graphql: the library speaks graphql-transport-ws, the hub writes the events. */
export function serveSockets(server: FastifyInstance, parts: SessionParts, limits: SocketLimits): void {
  const { services, documents, hub } = parts;
  const wss = new WebSocketServer({ server: server.server, path: '/graphql', maxPayload: 256 * 1024, perMessageDeflate: false });
  const protocol = makeServer<Record<string, unknown>, SocketSession>({
    schema: documents.schema,
    connectionInitWaitTimeout: 3000,
    onConnect: ({ extra: session, connectionParams }) => admit(session, connectionParams),
    onSubscribe: onSubscribe(parts, limits),
    subscribe: ({ contextValue }) => hub.subscribe(contextValue as Wanted) as never,
    onError: (_ctx, _id, _payload, errors) => errors.map((error) => describeError(error, newId(), services.log)),
    onClose: ({ extra: session }) => session.close(),
  });
  const goodbye = openLines(wss, protocol, services.log, (socket, request) => new SocketSession(parts, socket, request));
  server.addHook('preClose', goodbye);
}

async function admit(session: SocketSession, params: Record<string, unknown> | undefined): Promise<boolean> {
  try {
    return await session.introduce(params);
  } catch (error) {
    session.socket.close(...refusalOf(error));
    return false;
  }
}

function onSubscribe({ services, documents }: SessionParts, limits: SocketLimits): NonNullable<Hooks['onSubscribe']> {
  return async ({ extra: session, subscriptions }, id, payload) => {
    try {
      // This one is counted already.
      if (Object.keys(subscriptions).length > limits.subscriptions)
        throw fault('TOO_MANY', `Up to ${limits.subscriptions} subscriptions are allowed on a socket.`);
      const wanted = await session.prepare(id, payload);
      return {
        schema: documents.schema,
        document: wanted.prepared.document,
        variableValues: payload.variables ?? {},
        contextValue: wanted,
      };
    } catch (error) {
      if (isConnectionFault(error)) session.socket.close(...refusalOf(error));
      return asErrors(error).map((known) => {
        const { message, extensions } = describeError(known, newId(), services.log);
        const { nodes = null, source = null, positions = null } = known;
        return new GraphQLError(message, { nodes, source, positions, extensions: extensions ?? null });
      });
    }
  };
}

/** Why a socket cannot be had now: a client may try again later, with a pause between. */
function refusalOf(error: unknown): [number, string] {
  const isLimit = error instanceof GraphQLError && error.extensions['code'] === 'TOO_MANY';
  return isLimit ? [CLOSE.FORBIDDEN, 'Too many connections'] : [CLOSE.TRY_AGAIN, 'Try again later'];
}

/** A refused document has many errors, anything else is one. */
function asErrors(error: unknown): GraphQLError[] {
  if (error instanceof DocumentRefused) return [...error.errors];
  return [error instanceof GraphQLError ? error : new GraphQLError('failed', { originalError: error as Error })];
}
