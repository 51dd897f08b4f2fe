import type { FastifyInstance } from 'fastify';
import { GraphQLError } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { Hub } from '../events/hub.ts';
import { DocumentRefused, type PreparedDocument, type SubscriptionDocuments } from '../events/subscription-documents.ts';
import { authenticate, type Credentials } from '../identity/authenticate.ts';
import type { Services } from '../platform/context.ts';
import { fault } from '../platform/faults.ts';
import { newId } from '../platform/ids.ts';
import type { Viewer } from '../platform/viewer.ts';
import { credentialsOf } from './credentials.ts';
import { describeError } from './describe-error.ts';
import { WebSocketSink } from './websocket-sink.ts';

export interface SocketLimits {
  /** Open sockets of one member or key. */
  sockets: number;
  /** Open subscriptions on one socket. */
  subscriptions: number;
}

interface Extra extends Record<PropertyKey, unknown> {
  socket: import('ws').WebSocket;
  request: import('node:http').IncomingMessage;
  credentials?: Credentials;
  sink?: WebSocketSink;
  detach?: () => void;
}

interface Wanted {
  prepared: PreparedDocument;
  viewer: Viewer;
  id: string;
  sink: WebSocketSink;
}

/** Subscriptions over WebSocket at /graphql: the library speaks graphql-transport-ws, the hub writes the events. */
export function serveSockets(server: FastifyInstance, services: Services, hub: Hub, documents: SubscriptionDocuments, isSecure: boolean, limits: SocketLimits): void {
  const open = new Map<string, number>();
  const wss = new WebSocketServer({ server: server.server, path: '/graphql', maxPayload: 256 * 1024, perMessageDeflate: false });
  const protocol = useServer<Record<string, unknown>, Extra>(
    {
      schema: documents.schema,
      connectionInitWaitTimeout: 3000,
      onConnect: async (ctx) => {
        const { extra } = ctx;
        extra.credentials = socketCredentials(ctx.connectionParams, extra.request, isSecure);
        const viewer = await authenticate(services, extra.credentials);
        // The playground names its key with each subscription: an unknown caller may wait, but nothing more.
        if (!viewer) return Object.keys(extra.credentials).length === 0;
        const sockets = (open.get(viewer.principalId) ?? 0) + 1;
        if (sockets > limits.sockets) return false;
        open.set(viewer.principalId, sockets);
        const sink = (extra.sink = new WebSocketSink(extra.socket));
        const leave = hub.attach(sink, viewer);
        extra.detach = () => {
          leave();
          if (open.get(viewer.principalId) === 1) open.delete(viewer.principalId);
          else open.set(viewer.principalId, (open.get(viewer.principalId) ?? 1) - 1);
        };
        return true;
      },
      onSubscribe: async (ctx, id, payload) => {
        try {
          if (Object.keys(ctx.subscriptions).length > limits.subscriptions) throw fault('TOO_MANY', `Up to ${limits.subscriptions} subscriptions are allowed on a socket.`);
          const prepared = documents.prepare(payload.query);
          // Asked afresh: a credential may have been revoked since the socket opened.
          const viewer = await authenticate(services, ctx.extra.credentials && Object.keys(ctx.extra.credentials).length ? ctx.extra.credentials : playgroundCredentials(payload));
          if (!viewer) throw fault('UNAUTHENTICATED', 'Sign in, or send an API key.');
          prepared.allow(viewer);
          prepared.args(payload.variables ?? {});
          const sink = (ctx.extra.sink ??= new WebSocketSink(ctx.extra.socket));
          ctx.extra.detach ??= hub.attach(sink, viewer);
          const wanted: Wanted = { prepared, viewer, id, sink };
          return { schema: documents.schema, document: prepared.document, variableValues: payload.variables ?? {}, contextValue: wanted };
        } catch (error) {
          return asErrors(error).map((known) => shown(known, services));
        }
      },
      subscribe: (args) => {
        const { prepared, viewer, id, sink } = args.contextValue as Wanted;
        return hub.subscribe(prepared, args.variableValues ?? {}, viewer, sink, id) as never;
      },
      onError: (_ctx, _id, _payload, errors) => errors.map((error) => describeError(error, newId(), services.log)),
      onClose: ({ extra }) => extra.detach?.(),
    },
    wss,
    15_000,
  );
  server.addHook('preClose', async () => {
    await protocol.dispose();
  });
}

function socketCredentials(params: Record<string, unknown> | undefined, request: Extra['request'], isSecure: boolean): Credentials {
  const { apiKey, tenantId } = params ?? {};
  if (typeof apiKey !== 'string') return credentialsOf(request, isSecure);
  return { apiKey, ...(typeof tenantId === 'string' && { tenantId }) };
}

/** The playground cannot set headers on a socket: it sends those of its headers tab along with each subscription. */
function playgroundCredentials(payload: { extensions?: Record<string, unknown> | null }): Credentials {
  const headers = payload.extensions?.['headers'];
  if (typeof headers !== 'object' || headers === null) return {};
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
  return credentialsOf({ headers: { authorization: lower['authorization'], 'x-api-key': lower['x-api-key'] } } as never, false);
}

/** A refused document has many errors, anything else is one. */
function asErrors(error: unknown): GraphQLError[] {
  if (error instanceof DocumentRefused) return [...error.errors];
  return [error instanceof GraphQLError ? error : new GraphQLError('failed', { originalError: error as Error })];
}

function shown(error: GraphQLError, services: Services): GraphQLError {
  const { message, extensions } = describeError(error, newId(), services.log);
  return new GraphQLError(message, { nodes: error.nodes ?? null, source: error.source ?? null, positions: error.positions ?? null, extensions: extensions ?? null });
}
