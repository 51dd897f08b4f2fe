import { createSecretKey } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type AppSecret, type AppSecrets, FRESH_MS } from '../messaging/app-secrets.ts';
import { InboxUnavailable, type WebhookInbox } from '../messaging/receive-webhook.ts';
import { newId } from '../platform/ids.ts';
import type { Log } from '../platform/log.ts';
import { verify } from '../whatsapp/signature.ts';

/** Takes a request if it is Meta's post of a webhook; says whether it was. */
export type WebhookPosts = (request: IncomingMessage, response: ServerResponse) => boolean;

export interface WebhookPostsParts {
  /** The secret of the platform's own app. */
  appSecret: string;
  apps: AppSecrets;
  inbox: WebhookInbox;
  log: Log;
}

const ADDRESS = '/webhooks/whatsapp';
/** Meta never sends more than 3 MB. */
const LARGEST = 3 * 1024 * 1024;
/**
 * Where Meta's webhooks arrive: of the platform's app, and of tenants' own apps at an address of their own. A body is answered 200 once it is durable,
 * and only if its signature is right; without that nothing is stored. Stands before the router and all hooks, none of which concern it: they would cost
 * as much as storing does.
 */
export function webhookPosts({ appSecret, apps, inbox, log }: WebhookPostsParts): WebhookPosts {
  // Made once: a secret that comes as text is made into a key for every signature.
  const secret = createSecretKey(Buffer.from(appSecret));
  const store = async (request: IncomingMessage, raw: Buffer): Promise<number> => {
    const header = request.headers['x-hub-signature-256'];
    const appId = (request.url as string).slice(ADDRESS.length + 1);
    if (appId) {
      const signed = await signersOf(apps, appId, raw, header);
      if (signed) await inbox.store(raw, signed.mac, signed.tenants);
      return signed ? 200 : 401;
    }
    const mac = verify(raw, header, secret);
    if (mac) await inbox.store(raw, mac);
    return mac ? 200 : 401;
  };
  return (request, response) => {
    if (request.method !== 'POST' || !isAddress(request.url)) return false;
    readBody(request, (raw) => {
      if (!raw) return answer(response, 413, { connection: 'close' });
      store(request, raw).then(
        (status) => answer(response, status),
        (error: unknown) => refuse(response, error, log),
      );
    });
    return true;
  };
}

function isAddress(url = ''): boolean {
  return url.startsWith(ADDRESS) && (url.length === ADDRESS.length || url[ADDRESS.length] === '/');
}

/** Gives the bytes as they came, for the signature is over those; null, unread, when there are too many. A request that breaks off gives nothing. */
function readBody(request: IncomingMessage, done: (raw: Buffer | null) => void): void {
  if (Number(request.headers['content-length'] ?? 0) > LARGEST) return done(null);
  const parts: Buffer[] = [];
  let size = 0;
  request.on('data', (part: Buffer) => {
    size += part.length;
    if (size <= LARGEST) parts.push(part);
    else if (size - part.length <= LARGEST) done(null);
  });
  request.on('end', () => {
    if (size <= LARGEST) done(parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts));
  });
  request.on('error', () => undefined);
}

/** Whose own app signed this body: every tenant that has entered the app with this secret. An unknown app is nobody's, as a wrong signature is. */
async function signersOf(
  apps: AppSecrets,
  appId: string,
  raw: Buffer,
  header: unknown,
): Promise<{ mac: Buffer; tenants: string[] } | null> {
  const among = (entered: readonly AppSecret[]) => {
    const signers = entered.flatMap((app) => {
      const mac = verify(raw, header, app.secret);
      return mac ? [{ mac, tenantId: app.tenantId }] : [];
    });
    const [first] = signers;
    return first ? { mac: first.mac, tenants: signers.map(({ tenantId }) => tenantId).sort() } : null;
  };
  return among(await apps.of(appId)) ?? among(await apps.of(appId, FRESH_MS));
}

function answer(response: ServerResponse, status: number, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-length': 0, ...headers }).end();
}

/** 503 while the database takes nothing, and Meta comes again. What went wrong otherwise is told by an id alone. */
function refuse(response: ServerResponse, error: unknown, log: Log): void {
  if (error instanceof InboxUnavailable) return answer(response, 503, { 'retry-after': '5' });
  const requestId = newId();
  log.error({ err: error, requestId }, 'a webhook failed');
  answer(response, 500, { 'x-request-id': requestId });
}
