import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Envelope, MessagesValue, WireMessage, WireStatus } from '../src/whatsapp/wire.ts';
import type { Settings, SimulatedCustomer, SimulatorOptions } from './options.ts';
import { type Simulator, startSimulator } from './simulator.ts';

export const number = { phoneNumberId: '7001', displayPhone: '+49 30 55501', name: 'Shop', wabaId: '9001', token: 'T1' };
export const otherNumber = {
  phoneNumberId: '7002',
  displayPhone: '+966 11 5550102',
  name: 'Nakheel',
  wabaId: '9002',
  token: 'T2',
};
export const ada: SimulatedCustomer = { phone: '+4915550001', name: 'Ada L', phoneNumberId: '7001', locale: 'en' };

const appSecret = 'app-secret';
const verifyToken = 'verify-me';

/** One webhook as it came in. */
export interface Webhook {
  envelope: Envelope;
  isSigned: boolean;
}

/** A business that only listens: for tests of Meta's side. */
export interface Business {
  url: string;
  webhooks: Webhook[];
  handshakes: number;
  /** Gives the HTTP status for a webhook; 200 unless set. */
  reply: (webhook: Webhook) => number | Promise<number>;
  statuses(): WireStatus[];
  messages(): WireMessage[];
  close(): void;
}

export async function startBusiness(secret = appSecret): Promise<Business> {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://business');
    if (request.method === 'GET') {
      business.handshakes++;
      const isRight =
        url.searchParams.get('hub.mode') === 'subscribe' && url.searchParams.get('hub.verify_token') === verifyToken;
      return void response.writeHead(isRight ? 200 : 403).end(url.searchParams.get('hub.challenge'));
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const raw = Buffer.concat(chunks);
    const mac = createHmac('sha256', secret).update(raw).digest('hex');
    const envelope = JSON.parse(raw.toString()) as Envelope;
    const webhook = { envelope, isSigned: request.headers['x-hub-signature-256'] === `sha256=${mac}` };
    business.webhooks.push(webhook);
    response.writeHead(await business.reply(webhook)).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const business: Business = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/whatsapp`,
    webhooks: [],
    handshakes: 0,
    reply: () => 200,
    statuses: () => valuesOf(business.webhooks).flatMap((value) => value.statuses ?? []),
    messages: () => valuesOf(business.webhooks).flatMap((value) => value.messages ?? []),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  return business;
}

export function valuesOf(webhooks: Webhook[]): MessagesValue[] {
  const changes = webhooks.flatMap(({ envelope }) => envelope.entry.flatMap((entry) => entry.changes));
  return changes.map((change) => change.value as unknown as MessagesValue);
}

/** A simulator with two numbers and one customer, whose webhooks go to a listening business. */
export async function startBoth(settings: Partial<Settings> = {}, options: Partial<SimulatorOptions> = {}) {
  const business = await startBusiness();
  const base = { numbers: [number, otherNumber], customers: [ada], appSecret, verifyToken, webhookUrl: business.url };
  const simulator = await startSimulator({ ...base, settings, ...options });
  return { business, simulator };
}

export const text = {
  messaging_product: 'whatsapp',
  recipient_type: 'individual',
  to: ada.phone,
  type: 'text',
  text: { body: 'Hello' },
};

/** Posts to the messages address of the first number, with its token unless another is given. */
export function post({ url }: Simulator, body: unknown, token = number.token, path = '/v26.0/7001/messages'): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return fetch(url + path, { method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body) });
}
