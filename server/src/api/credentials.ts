import type { IncomingMessage } from 'node:http';
import type { Credentials } from '../identity/authenticate.ts';

/** The session cookie's name: bound to this host and to https where there is https. */
export function cookieName(isSecure: boolean): string {
  return isSecure ? '__Host-session' : 'session';
}

/** Writes the session cookie, or clears it. It lives as long as a session at most may: 30 days. */
export function sessionCookie(token: string | null, isSecure: boolean): string {
  const parts = [
    `${cookieName(isSecure)}=${token ?? ''}`,
    'Path=/',
    'HttpOnly',
    'SameSite=Lax',
    `Max-Age=${token ? 30 * 24 * 3600 : 0}`,
  ];
  if (isSecure) parts.push('Secure');
  return parts.join('; ');
}

/**
 * What a request brought to say who asks: `Authorization: Bearer cc_…`, `X-API-KEY`, or the session cookie. The cookie counts only for
 * requests of our own pages.
 */
export function credentialsOf(request: IncomingMessage, isSecure: boolean): Credentials {
  const { headers } = request;
  const bearer = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
  const apiKey = bearer ?? one(headers['x-api-key']);
  const tenantId = one(headers['x-tenant-id']);
  const sessionToken = isOwnPage(request) ? cookie(headers.cookie, cookieName(isSecure)) : undefined;
  return { ...(apiKey ? { apiKey } : sessionToken ? { sessionToken } : {}), ...(tenantId && { tenantId }) };
}

/** False for a request that another site's page caused: its Origin is not this host, or the browser says it is cross-site. */
export function isOwnPage({ headers }: IncomingMessage): boolean {
  const site = one(headers['sec-fetch-site']);
  if (site && site !== 'same-origin' && site !== 'none') return false;
  const { origin } = headers;
  if (!origin) return true;
  return URL.canParse(origin) && new URL(origin).host === headers.host;
}

function cookie(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const [key, value] = part.trim().split('=', 2);
    if (key === name && value) return value;
  }
  return undefined;
}

function one(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
