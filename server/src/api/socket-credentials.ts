import type { IncomingMessage } from 'node:http';
import type { Credentials } from '../identity/authenticate.ts';
import { credentialsOf } from './credentials.ts';

/** What a socket brought to say who opens it: an API key in its first message, or what came with the request. */
export function socketCredentials(
  params: Record<string, unknown> | undefined,
  request: IncomingMessage,
  isSecure: boolean,
): Credentials {
  const { apiKey, tenantId } = params ?? {};
  if (typeof apiKey !== 'string') return credentialsOf(request, isSecure);
  return { apiKey, ...(typeof tenantId === 'string' && { tenantId }) };
}

/** The playground cannot set headers on a socket: it sends those of its headers tab along with each subscription. */
export function playgroundCredentials(payload: { extensions?: Record<string, unknown> | null }): Credentials {
  const headers = payload.extensions?.['headers'];
  if (typeof headers !== 'object' || headers === null) return {};
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
  return credentialsOf({ headers: { authorization: lower['authorization'], 'x-api-key': lower['x-api-key'] } } as never, false);
}

/** True when nobody said who they are. */
export function isAnonymous(credentials: Credentials | undefined): boolean {
  return !credentials?.apiKey && !credentials?.sessionToken;
}
