import { createClient, type Client } from 'graphql-ws';
import WebSocket from 'ws';
import { sign } from '../../src/whatsapp/signature.ts';
import { APP_SECRET } from './app.ts';

/** Data of any shape: tests name what they expect of it. */
// oxlint-disable-next-line typescript/no-explicit-any
type Anything = Record<string, any>;

export interface Answer<Data = Anything> {
  data: Data | null;
  errors?: { message: string; path?: (string | number)[]; extensions?: Record<string, unknown> }[];
}

/** Sends a query or mutation as an API key, as a session (`cookie`), or as nobody. */
export async function ask<Data = Anything>(
  url: string,
  credential: { apiKey?: string; cookie?: string },
  query: string,
  variables?: object,
): Promise<Answer<Data>> {
  const { body } = await post(`${url}/graphql`, { query, variables }, headersFor(credential));
  return JSON.parse(body) as Answer<Data>;
}

/** Signs in and gives the session cookie as a browser would send it. */
export async function signIn(url: string, email: string, password: string): Promise<string> {
  const query = 'mutation($input: SignInInput!) { signIn(input: $input) { userErrors { code } } }';
  const { headers, body } = await post(`${url}/graphql`, { query, variables: { input: { email, password } } });
  const cookie = headers.get('set-cookie')?.split(';')[0];
  if (!cookie) throw new Error(`Not signed in: ${body}`);
  return cookie;
}

/** A graphql-ws client of an API key or a session. */
export function socket(url: string, { apiKey, cookie }: { apiKey?: string; cookie?: string }): Client {
  class WithCookie extends WebSocket {
    constructor(address: string, protocols: string[]) {
      super(address, protocols, cookie ? { headers: { cookie } } : {});
    }
  }
  let id = 0;
  return createClient({
    url: `${url.replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: WithCookie,
    retryAttempts: 0,
    generateID: () => String(++id),
    ...(apiKey && { connectionParams: { apiKey } }),
  });
}

/** Posts a webhook body, signed as Meta does unless another signature is given. */
export async function postWebhook(url: string, body: string | Buffer, signature = sign(body, APP_SECRET)): Promise<number> {
  const response = await fetch(`${url}/webhooks/whatsapp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-hub-signature-256': signature },
    body: Buffer.isBuffer(body) ? new Uint8Array(body) : body,
  });
  await response.arrayBuffer();
  return response.status;
}

export async function post(
  address: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: Headers; body: string }> {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, body: await response.text() };
}

export function headersFor({ apiKey, cookie }: { apiKey?: string; cookie?: string }): Record<string, string> {
  return { ...(apiKey && { authorization: `Bearer ${apiKey}` }), ...(cookie && { cookie }) };
}

/** Waits until a condition holds, looking every 10 ms. Throws after `ms`. */
export async function until<T>(look: () => T | Promise<T>, ms = 5000): Promise<NonNullable<T>> {
  for (const end = Date.now() + ms; ;) {
    const found = await look();
    if (found) return found as NonNullable<T>;
    if (Date.now() > end) throw new Error(`Not within ${ms} ms.`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
