import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { Connection } from '../events/connection.ts';
import { DocumentRefused } from '../events/subscription-documents.ts';
import { authenticate } from '../identity/authenticate.ts';
import { isConnectionFault } from '../platform/connection-fault.ts';
import { fault } from '../platform/faults.ts';
import type { Viewer } from '../platform/viewer.ts';
import { credentialsOf } from './credentials.ts';
import { describeError } from './describe-error.ts';
import { EventSink } from './event-sink.ts';
import type { SessionParts } from './socket-session.ts';

/** Subscriptions as server-sent events at /graphql/stream, one a request, as the GraphQL over SSE protocol's distinct connections mode says. */
export function serveEvents(server: FastifyInstance, parts: SessionParts): void {
  const open = new Set<EventSink>();
  server.route({
    method: ['GET', 'POST'],
    url: '/graphql/stream',
    handler: (request, reply) => stream(request, reply, parts, open),
  });
  server.addHook('preClose', async () => {
    for (const sink of open) sink.cut();
  });
}

async function stream(request: FastifyRequest, reply: FastifyReply, parts: SessionParts, open: Set<EventSink>): Promise<unknown> {
  const { services, hub, documents, isSecure } = parts;
  const sink = new EventSink(reply.raw);
  let connection: Connection | undefined;
  reply.raw.once('close', () => {
    open.delete(sink);
    connection?.close();
  });
  try {
    const { query, variables } = readRequest(request);
    const viewer = async () => known(await authenticate(services, credentialsOf(request.raw, isSecure)));
    connection = await hub.attach(sink, await viewer());
    // Only now: strangers must not make us compile documents.
    const prepared = documents.prepare(query);
    prepared.args(variables);
    // Asked once more: the connection sees revocations only from when it was attached.
    const subscriber = hub.subscribe({ prepared, given: variables, connection, viewer: await viewer(), id: '' });
    reply.hijack();
    sink.open();
    open.add(sink);
    // The client may be gone already: then its 'close' came before there was a connection.
    if (reply.raw.destroyed) connection.close();
    return await subscriber.next().then(
      () => sink.complete(),
      (error: unknown) => sink.complete([describeError(asError(error), request.id, services.log)]),
    );
  } catch (error) {
    connection?.close();
    const errors = error instanceof DocumentRefused ? error.errors : [asError(error)];
    return reply.code(statusOf(error)).send({ errors: errors.map((each) => describeError(each, request.id, services.log)) });
  }
}

function readRequest(request: FastifyRequest): { query: string; variables: Record<string, unknown> } {
  const { query, variables } = ((request.method === 'GET' ? request.query : request.body) ?? {}) as Record<string, unknown>;
  if (typeof query !== 'string') throw fault('BAD_USER_INPUT', 'Send a `query`.');
  return { query, variables: readVariables(variables) };
}

function known(viewer: Viewer | null): Viewer {
  if (!viewer) throw fault('UNAUTHENTICATED', 'Sign in, or send an API key.');
  return viewer;
}

function statusOf(error: unknown): number {
  if (isConnectionFault(error)) return 503;
  const code = error instanceof GraphQLError ? error.extensions['code'] : undefined;
  if (code === 'TOO_MANY') return 429;
  if (code === 'FORBIDDEN') return 403;
  return code === 'UNAUTHENTICATED' ? 401 : 400;
}

function readVariables(variables: unknown): Record<string, unknown> {
  const value: unknown = typeof variables === 'string' ? JSON.parse(variables) : variables;
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function asError(error: unknown): GraphQLError {
  if (error instanceof SyntaxError) return fault('BAD_USER_INPUT', '`variables` is no JSON.');
  return error instanceof GraphQLError ? error : new GraphQLError('failed', { originalError: error as Error });
}
