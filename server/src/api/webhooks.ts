import { createHash, createSecretKey, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type AppSecret, AppSecrets } from '../messaging/app-secrets.ts';
import { InboxUnavailable, type WebhookInbox } from '../messaging/receive-webhook.ts';
import type { Services } from '../platform/context.ts';
import { verify } from '../whatsapp/signature.ts';

export interface WebhookSettings {
  appSecret: string;
  verifyToken: string;
}

/** Meta never sends more than 3 MB. */
const LARGEST = 3 * 1024 * 1024;
/** An app whose secret has just been entered or replaced is asked for anew, at most this often. */
const FRESH_MS = 1_000;

type Handshake = FastifyRequest<{ Querystring: Record<string, string>; Params: { appId: string } }>;
type Delivery = FastifyRequest<{ Params: { appId: string } }>;

/**
 * Where Meta's webhooks arrive: of the platform's app, and of tenants' own apps at an address of their own. A body is answered 200 once it is durable,
 * and only if its signature is right; without that nothing is stored.
 */
export async function serveWebhooks(
  server: FastifyInstance,
  services: Pick<Services, 'database' | 'keys'>,
  inbox: WebhookInbox,
  { appSecret, verifyToken }: WebhookSettings,
): Promise<void> {
  const apps = new AppSecrets(services);
  // Made once: a secret that comes as text is made into a key for every signature.
  const secret = createSecretKey(Buffer.from(appSecret));
  await server.register(async (scope) => {
    // The signature is over the bytes as they came.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: LARGEST }, (_request, body, done) => done(null, body));

    scope.get('/webhooks/whatsapp', async (request: Handshake, reply) => shakeHands(request, reply, [verifyToken]));
    scope.post('/webhooks/whatsapp', { bodyLimit: LARGEST }, async (request, reply) => {
      const mac = macOf(request, secret);
      return mac ? take(reply, () => inbox.store(request.body as Buffer, mac)) : reply.code(401).send();
    });

    scope.get('/webhooks/whatsapp/:appId', async (request: Handshake, reply) =>
      take(reply, async () => {
        const entered = await apps.of(appOf(request), FRESH_MS);
        return shakeHands(
          request,
          reply,
          entered.map((app) => app.verifyToken),
        );
      }),
    );
    scope.post('/webhooks/whatsapp/:appId', { bodyLimit: LARGEST }, async (request: Delivery, reply) =>
      take(reply, async () => {
        const signed = await signersOf(apps, request);
        if (!signed) return reply.code(401).send();
        return inbox.store(request.body as Buffer, signed.mac, signed.tenants);
      }),
    );
  });
}

/** The 32 bytes of the signature if it is right. */
function macOf({ body, headers }: FastifyRequest, secret: Parameters<typeof verify>[2]): Buffer | null {
  return Buffer.isBuffer(body) ? verify(body, headers['x-hub-signature-256'], secret) : null;
}

/** Whose own app signed this body: every tenant that has entered the app with this secret. An unknown app is nobody's, as a wrong signature is. */
async function signersOf(apps: AppSecrets, request: Delivery): Promise<{ mac: Buffer; tenants: string[] } | null> {
  const among = (entered: readonly AppSecret[]) => {
    const signers = entered.flatMap((app) => {
      const mac = macOf(request, app.secret);
      return mac ? [{ mac, tenantId: app.tenantId }] : [];
    });
    const [first] = signers;
    return first ? { mac: first.mac, tenants: signers.map(({ tenantId }) => tenantId).sort() } : null;
  };
  const appId = appOf(request);
  return among(await apps.of(appId)) ?? among(await apps.of(appId, FRESH_MS));
}

function appOf({ params }: { params: unknown }): string {
  return (params as { appId: string }).appId;
}

/** Meta's question whether this address is ours. */
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

/** 200 once it is done; 503 while the database takes nothing, and Meta comes again. */
async function take(reply: FastifyReply, act: () => Promise<unknown>): Promise<FastifyReply> {
  try {
    await act();
    return reply.sent ? reply : reply.code(200).send();
  } catch (error) {
    if (!(error instanceof InboxUnavailable)) throw error;
    return reply.code(503).header('retry-after', '5').send();
  }
}
