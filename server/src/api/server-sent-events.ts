import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { Hub } from '../events/hub.ts';
import type { Sink } from '../events/sink.ts';
import { DocumentRefused, type SubscriptionDocuments } from '../events/subscription-documents.ts';
import { authenticate } from '../identity/authenticate.ts';
import type { Services } from '../platform/context.ts';
import { fault } from '../platform/faults.ts';
import { credentialsOf } from './credentials.ts';
import { describeError } from './describe-error.ts';
import { SLOW } from './websocket-sink.ts';

interface StreamRequest {
  query?: unknown;
  variables?: unknown;
}

/** A comment line now and then keeps proxies from closing a quiet stream. */
const KEEP_ALIVE = 15_000;

/** Subscriptions as server-sent events at /graphql/stream, one a request, as the GraphQL over SSE protocol's distinct connections mode says. */
export function serveEvents(server: FastifyInstance, services: Services, hub: Hub, documents: SubscriptionDocuments, isSecure: boolean): void {
  const handler = async (request: FastifyRequest, reply: FastifyReply) => {
    try {
      const wanted = (request.method === 'GET' ? request.query : request.body) as StreamRequest | null;
      if (typeof wanted?.query !== 'string') throw fault('BAD_USER_INPUT', 'Send a `query`.');
      const prepared = documents.prepare(wanted.query);
      const variables = readVariables(wanted.variables);
      const viewer = await authenticate(services, credentialsOf(request.raw, isSecure));
      if (!viewer) throw fault('UNAUTHENTICATED', 'Sign in, or send an API key.');
      prepared.allow(viewer);
      prepared.args(variables);
      reply.hijack();
      const sink = new EventSink(reply);
      const leave = hub.attach(sink, viewer);
      const subscriber = hub.subscribe(prepared, variables, viewer, sink, '');
      reply.raw.on('close', () => {
        subscriber.end();
        leave();
      });
      await subscriber.next().then(
        () => sink.complete(),
        (error: unknown) => sink.complete([describeError(asError(error), request.id, services.log)]),
      );
    } catch (error) {
      const errors = error instanceof DocumentRefused ? error.errors : [asError(error)];
      const isUnknown = errors.some((known) => known.extensions['code'] === 'UNAUTHENTICATED');
      return reply.code(isUnknown ? 401 : 400).send({ errors: errors.map((known) => describeError(known, request.id, services.log)) });
    }
  };
  server.route({ method: ['GET', 'POST'], url: '/graphql/stream', handler });
}

class EventSink implements Sink {
  readonly kind = 'sse';
  private isOver = false;
  private readonly beat: NodeJS.Timeout;

  constructor(private readonly reply: FastifyReply) {
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    reply.raw.write(':\n\n');
    this.beat = setInterval(() => reply.raw.write(':\n\n'), KEEP_ALIVE);
    this.beat.unref();
    reply.raw.on('close', () => clearInterval(this.beat));
  }

  frame(_id: string, json: string): Buffer {
    return Buffer.from(`event: next\ndata: ${json}\n\n`);
  }

  write(frame: Buffer): void {
    if (this.isOver) return;
    if (this.reply.raw.writableLength > SLOW.bytes) return this.cut();
    this.reply.raw.write(frame);
  }

  async drained(): Promise<void> {
    while (!this.isOver && !this.reply.raw.destroyed && this.reply.raw.writableLength > SLOW.bytes / 4) await new Promise((resolve) => setTimeout(resolve, 10));
  }

  complete(errors?: object[]): void {
    if (this.isOver) return;
    this.isOver = true;
    if (errors) this.reply.raw.write(`event: next\ndata: ${JSON.stringify({ errors })}\n\n`);
    this.reply.raw.end('event: complete\ndata:\n\n');
  }

  cut(): void {
    this.isOver = true;
    this.reply.raw.end();
    setTimeout(() => this.reply.raw.destroy(), 1000).unref();
  }
}

function readVariables(variables: unknown): Record<string, unknown> {
  const value: unknown = typeof variables === 'string' ? JSON.parse(variables) : variables;
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function asError(error: unknown): GraphQLError {
  if (error instanceof SyntaxError) return fault('BAD_USER_INPUT', '`variables` is no JSON.');
  return error instanceof GraphQLError ? error : new GraphQLError('failed', { originalError: error as Error });
}
