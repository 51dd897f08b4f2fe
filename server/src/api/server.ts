import http from 'node:http';
import Fastify, { type FastifyInstance, type FastifyServerFactory } from 'fastify';
import { GraphQLError } from 'graphql';
import { Hub } from '../events/hub.ts';
import { SubscriptionDocuments } from '../events/subscription-documents.ts';
import { AppSecrets } from '../messaging/app-secrets.ts';
import type { WebhookInbox } from '../messaging/receive-webhook.ts';
import type { OperationServices } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import type { Log } from '../platform/log.ts';
import { serveQueries } from './apollo.ts';
import { describeError } from './describe-error.ts';
import { serveHealth } from './health.ts';
import { LIMIT_RULES } from './limits.ts';
import { serveDownloads } from './media-download.ts';
import { serveUploads } from './media-upload.ts';
import { servePlayground } from './playground.ts';
import { createSchema } from './schema.ts';
import { addSecurityHeaders } from './security-headers.ts';
import { serveEvents } from './server-sent-events.ts';
import { serveSimulator } from './simulator-proxy.ts';
import { serveSockets, type SocketLimits } from './sockets.ts';
import { serveWebClient } from './static-files.ts';
import { webhookPosts, type WebhookPosts } from './webhook-posts.ts';
import { serveHandshakes, type WebhookSettings } from './webhooks.ts';

export interface ApiOptions {
  webhooks: WebhookSettings;
  /** Cookies are bound to https. */
  isSecure: boolean;
  /** The built web client. */
  webRoot?: string;
  /** The demo's simulator, and a key for the playground. */
  simulatorUrl?: string;
  demoKey?: string;
  limits?: SocketLimits;
  figures?: Record<string, () => number>;
  /** What became of the changes in webhooks, by `field|outcome`. */
  webhookChanges?: () => ReadonlyMap<string, number>;
}

/** Limits for one credential, unless a setting says otherwise. */
const LIMITS: SocketLimits = { sockets: 10, subscriptions: 50 };

/** Everything that answers over HTTP and WebSocket, ready to listen. */
export async function createServer(
  services: OperationServices,
  inbox: WebhookInbox,
  options: ApiOptions,
): Promise<{ server: FastifyInstance; hub: Hub }> {
  const { isSecure, limits = LIMITS, webhooks } = options;
  const apps = new AppSecrets(services);
  const server = Fastify({
    serverFactory: serverWith(webhookPosts({ appSecret: webhooks.appSecret, apps, inbox, log: services.log })),
    bodyLimit: 256 * 1024,
    genReqId: newId,
    // A proxy on a private address may say whom it speaks for; limits are counted by that address.
    trustProxy: ['loopback', 'linklocal', 'uniquelocal'],
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 500 },
  });
  const schema = createSchema();
  const documents = new SubscriptionDocuments(schema, LIMIT_RULES);
  const hub = new Hub(
    services,
    services.bus,
    (error: GraphQLError) => describeError(error, newId(), services.log),
    limits.sockets,
  );
  addSecurityHeaders(server, options.webRoot);
  maskErrors(server, services.log);
  servePlayground(server, options.demoKey);
  await serveQueries(server, services, schema, isSecure);
  serveEvents(server, { services, hub, documents, isSecure });
  serveSockets(server, { services, hub, documents, isSecure }, limits);
  serveHandshakes(server, apps, webhooks.verifyToken);
  serveUploads(server, services, isSecure);
  serveDownloads(server, services);
  serveHealth(server, services, hub, options);
  if (options.simulatorUrl) serveSimulator(server, options.simulatorUrl);
  if (options.webRoot) await serveWebClient(server, options.webRoot);
  server.addHook('onClose', async () => hub.close());
  return { server, hub };
}

/** An HTTP server, with Fastify's limits of time, that asks `posts` first. */
function serverWith(posts: WebhookPosts): FastifyServerFactory {
  return (handler, { keepAliveTimeout, requestTimeout, connectionTimeout }) => {
    const server = http.createServer((request, response) => {
      if (!posts(request, response)) handler(request, response);
    });
    server.keepAliveTimeout = keepAliveTimeout as number;
    server.requestTimeout = requestTimeout as number;
    server.setTimeout(connectionTimeout as number);
    return server;
  };
}

/** What went wrong on our side is told by an id alone. */
function maskErrors(server: FastifyInstance, log: Log): void {
  server.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const status = error.statusCode && error.statusCode < 500 ? error.statusCode : 500;
    if (status === 500) log.error({ err: error, requestId: request.id }, 'a request failed');
    void reply
      .code(status)
      .send({ error: status === 500 ? `Something went wrong on our side. Tell us this id: ${request.id}` : error.message });
  });
}
