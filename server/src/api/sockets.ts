import type { FastifyInstance } from 'fastify';
import { GraphQLError } from 'graphql';
import { makeServer } from 'graphql-ws';
import { WebSocketServer } from 'ws';
import type { Connection } from '../events/connection.ts';
import type { Hub, Wanted } from '../events/hub.ts';
import { CLOSE } from '../events/sink.ts';
import { DocumentRefused, type SubscriptionDocuments } from '../events/subscription-documents.ts';
import { authenticate, type Credentials } from '../identity/authenticate.ts';
import { isConnectionFault } from '../platform/connection-fault.ts';
import type { Services } from '../platform/context.ts';
import { fault } from '../platform/faults.ts';
import { newId } from '../platform/ids.ts';
import type { Viewer } from '../platform/viewer.ts';
import { describeError } from './describe-error.ts';
import { type Line, openLines } from './socket-lines.ts';
import { isAnonymous, playgroundCredentials, socketCredentials } from './socket-credentials.ts';
import { WebSocketSink } from './websocket-sink.ts';

export interface SocketLimits {
  /** Open connections of one member or key. */
  sockets: number;
  /** Open subscriptions on one socket. */
  subscriptions: number;
}

interface Extra extends Line {
  /** Set when the client has introduced itself. */
  credentials?: Credentials;
  sink?: WebSocketSink;
  /** By principal: in the playground each subscription may name a key of its own. */
  connections?: Map<string, Connection>;
  isClosed?: boolean;
}

/** Somebody who has not said who they are may be there so long, in ms. */
const LONGEST_ANONYMOUS = 10_000;

/** Subscriptions over WebSocket at /graphql: the library speaks graphql-transport-ws, the hub writes the events. */
export function serveSockets(
  server: FastifyInstance,
  services: Services,
  hub: Hub,
  documents: SubscriptionDocuments,
  isSecure: boolean,
  limits: SocketLimits,
): void {
  const wss = new WebSocketServer({ server: server.server, path: '/graphql', maxPayload: 256 * 1024, perMessageDeflate: false });

  const connect = async (extra: Extra, viewer: Viewer): Promise<Connection> => {
    extra.sink ??= new WebSocketSink(extra.socket);
    extra.connections ??= new Map();
    const connection = extra.connections.get(viewer.principalId) ?? (await hub.attach(extra.sink, viewer));
    // It may have closed meanwhile, or the same key have been named twice at once.
    const first = extra.connections.get(viewer.principalId);
    if (extra.isClosed || (first && first !== connection)) connection.close();
    else extra.connections.set(viewer.principalId, connection);
    return first ?? connection;
  };

  const protocol = makeServer<Record<string, unknown>, Extra>({
    schema: documents.schema,
    connectionInitWaitTimeout: 3000,
    onConnect: async ({ extra, connectionParams }) => {
      extra.credentials = socketCredentials(connectionParams, extra.request, isSecure);
      // The playground names its key with each subscription: an unknown caller may wait a moment, but nothing more.
      if (isAnonymous(extra.credentials)) {
        setTimeout(() => extra.connections?.size || extra.socket.close(CLOSE.FORBIDDEN, 'Forbidden'), LONGEST_ANONYMOUS).unref();
        return true;
      }
      try {
        const viewer = await authenticate(services, extra.credentials);
        if (viewer) await connect(extra, viewer);
        return viewer !== null;
      } catch (error) {
        extra.socket.close(...refusalOf(error));
        return false;
      }
    },
    onSubscribe: async ({ extra, subscriptions }, id, payload) => {
      try {
        if (Object.keys(subscriptions).length > limits.subscriptions)
          throw fault('TOO_MANY', `Up to ${limits.subscriptions} subscriptions are allowed on a socket.`);
        const prepared = documents.prepare(payload.query);
        prepared.args(payload.variables);
        const credentials = isAnonymous(extra.credentials) ? playgroundCredentials(payload) : (extra.credentials ?? {});
        // Asked afresh, for rights may have changed; and once more behind a new connection, which sees revocations only from then on.
        let viewer = await authenticate(services, credentials);
        const isNew = viewer !== null && !extra.connections?.has(viewer.principalId);
        const connection = viewer && (await connect(extra, viewer));
        if (isNew) viewer = await authenticate(services, credentials);
        if (!viewer || !connection) throw fault('UNAUTHENTICATED', 'Sign in, or send an API key.');
        prepared.allow(viewer);
        const wanted: Wanted = { prepared, given: payload.variables, viewer, connection, id };
        return {
          schema: documents.schema,
          document: prepared.document,
          variableValues: payload.variables ?? {},
          contextValue: wanted,
        };
      } catch (error) {
        if (isConnectionFault(error)) extra.socket.close(...refusalOf(error));
        return asErrors(error).map((known) => shown(known, services));
      }
    },
    subscribe: ({ contextValue }) => hub.subscribe(contextValue as Wanted) as never,
    onError: (_ctx, _id, _payload, errors) => errors.map((error) => describeError(error, newId(), services.log)),
    onClose: ({ extra }) => {
      extra.isClosed = true;
      for (const connection of extra.connections?.values() ?? []) connection.close();
    },
  });
  server.addHook('preClose', openLines(wss, protocol, services.log));
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

function shown(error: GraphQLError, services: Services): GraphQLError {
  const { message, extensions } = describeError(error, newId(), services.log);
  return new GraphQLError(message, {
    nodes: error.nodes ?? null,
    source: error.source ?? null,
    positions: error.positions ?? null,
    extensions: extensions ?? null,
  });
}
