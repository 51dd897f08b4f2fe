import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type AppSecrets, FRESH_MS } from '../messaging/app-secrets.ts';
import { InboxUnavailable } from '../messaging/receive-webhook.ts';

export interface WebhookSettings {
  appSecret: string;
  verifyToken: string;
}

type Handshake = FastifyRequest<{ Querystring: Record<string, string>; Params: { appId: string } }>;

/** Answers Meta's question whether this address is ours, for the platform's app and for tenants' own. What Meta posts goes to `webhookPosts`. */
export function serveHandshakes(server: FastifyInstance, apps: AppSecrets, verifyToken: string): void {
  server.get('/webhooks/whatsapp', async (request: Handshake, reply) => shakeHands(request, reply, [verifyToken]));
  server.get('/webhooks/whatsapp/:appId', async (request: Handshake, reply) => {
    try {
      const entered = await apps.of(request.params.appId, FRESH_MS);
      return shakeHands(
        request,
        reply,
        entered.map((app) => app.verifyToken),
      );
    } catch (error) {
      if (!(error instanceof InboxUnavailable)) throw error;
      return reply.code(503).header('retry-after', '5').send();
    }
  });
}

function shakeHands(request: Handshake, reply: FastifyReply, verifyTokens: readonly string[]): FastifyReply {
  const { 'hub.mode': mode, 'hub.verify_token': token, 'hub.challenge': challenge } = request.query;
  const isKnown = verifyTokens.some((known) => isEqual(known, String(token)));
  if (mode !== 'subscribe' || !isKnown || !challenge) return reply.code(403).send();
  return reply.type('text/plain').send(challenge);
}

function isEqual(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
