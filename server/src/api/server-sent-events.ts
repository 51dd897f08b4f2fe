import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { Connection } from '../events/connection.ts';
import type { Hub } from '../events/hub.ts';
import { DocumentRefused, type SubscriptionDocuments } from '../events/subscription-documents.ts';
import { authenticate } from '../identity/authenticate.ts';
import { isConnectionFault } from '../platform/connection-fault.ts';
import type { Services } from '../platform/context.ts';
import { fault } from '../platform/faults.ts';
import type { Viewer } from '../platform/viewer.ts';
import { credentialsOf } from './credentials.ts';
import { describeError } from './describe-error.ts';
import { EventSink } from './event-sink.ts';

interface StreamRequest {
  query?: unknown;
  variables?: unknown;
}

/** Subscriptions as server-sent events at /graphql/stream, one a request, as the GraphQL over SSE protocol's distinct connections mode says. */
export function serveEvents(
  server: FastifyInstance,
  services: Services,
  hub: Hub,
  documents: SubscriptionDocuments,
  isSecure: boolean,
): void {
  const open = new Set<EventSink>();

  const handler = async (request: FastifyRequest, reply: FastifyReply) => {
    const sink = new EventSink(reply.raw);
    let connection: Connection | undefined;
    reply.raw.once('close', () => {
      open.delete(sink);
      connection?.close();
    });
    try {
      const wanted = (request.method === 'GET' ? request.query : request.body) as StreamRequest | null;
      if (typeof wanted?.query !== 'string') throw fault('BAD_USER_INPUT', 'Send a `query`.');
      const prepared = documents.prepare(wanted.query);
      const given = readVariables(wanted.variables);
      prepared.args(given);
      const viewer = async () => known(await authenticate(services, credentialsOf(request.raw, isSecure)));
      connection = await hub.attach(sink, await viewer());
      const subscriber = hub.subscribe({ prepared, given, connection, viewer: await viewer(), id: '' });
      reply.hijack();
      sink.open();
      open.add(sink);
      // The client may be gone already: then its 'close' came before there was a connection.
      if (reply.raw.destroyed) connection.close();
      await subscriber.next().then(
        () => sink.complete(),
        (error: unknown) => sink.complete([describeError(asError(error), request.id, services.log)]),
      );
    } catch (error) {
      connection?.close();
      const errors = error instanceof DocumentRefused ? error.errors : [asError(error)];
      return reply.code(statusOf(error)).send({ errors: errors.map((each) => describeError(each, request.id, services.log)) });
    }
  };
  server.route({ method: ['GET', 'POST'], url: '/graphql/stream', handler });
  server.addHook('preClose', async () => {
    for (const sink of open) sink.cut();
  });
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
