import { createSecretKey } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { InboxUnavailable, type WebhookInbox } from '../messaging/receive-webhook.ts';
import { verify } from '../whatsapp/signature.ts';

export interface WebhookSettings {
  appSecret: string;
  verifyToken: string;
}

/** Meta never sends more than 3 MB. */
const LARGEST = 3 * 1024 * 1024;

/** Where Meta's webhooks arrive. A body is answered 200 once it is durable, and only if its signature is right. */
export async function serveWebhooks(
  server: FastifyInstance,
  inbox: WebhookInbox,
  { appSecret, verifyToken }: WebhookSettings,
): Promise<void> {
  // Made once: a secret that comes as text is made into a key for every signature.
  const secret = createSecretKey(Buffer.from(appSecret));
  await server.register(async (scope) => {
    // The signature is over the bytes as they came.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: LARGEST }, (_request, body, done) => done(null, body));

    scope.get<{ Querystring: Record<string, string> }>('/webhooks/whatsapp', async (request, reply) => {
      const { 'hub.mode': mode, 'hub.verify_token': token, 'hub.challenge': challenge } = request.query;
      if (mode !== 'subscribe' || token !== verifyToken || !challenge) return reply.code(403).send();
      return reply.type('text/plain').send(challenge);
    });

    scope.post('/webhooks/whatsapp', { bodyLimit: LARGEST }, async (request, reply) => {
      const raw = request.body;
      const mac = Buffer.isBuffer(raw) ? verify(raw, request.headers['x-hub-signature-256'], secret) : null;
      if (!mac) return reply.code(401).send();
      try {
        await inbox.store(raw as Buffer, mac);
        return reply.code(200).send();
      } catch (error) {
        if (!(error instanceof InboxUnavailable)) throw error;
        return reply.code(503).header('retry-after', '5').send();
      }
    });
  });
}
