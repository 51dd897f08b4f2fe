import type { ConnectionOptions } from 'node:tls';

/** Where a PostgreSQL database is and who logs in. `host` may be the folder of a unix socket. */
export interface DatabaseAddress {
  host: string;
  port: number;
  user: string;
  password?: string;
  database: string;
  /** `encrypted` does not check the server's certificate, `verified` does; without it the connection is plain. */
  tls?: 'encrypted' | 'verified';
}

const TLS_OF_MODE: Record<string, DatabaseAddress['tls']> = {
  disable: undefined,
  require: 'encrypted',
  'verify-ca': 'verified',
  'verify-full': 'verified',
};

/**
 * Reads `postgres://user:password@host:5432/database?sslmode=require`; a unix socket stands as `?host=/folder`, as libpq writes it.
 * Throws an `Error` whose message says what is wrong and never repeats the password.
 */
export function parse(address: string): DatabaseAddress {
  const url = readUrl(address);
  const host = url.searchParams.get('host') ?? url.hostname.replace(/^\[|\]$/g, '');
  const user = decodeURIComponent(url.username);
  const password = decodeURIComponent(url.password);
  const database = decodeURIComponent(url.pathname.slice(1));
  const mode = url.searchParams.get('sslmode') ?? 'disable';
  if (!host) throw new Error('it names no host');
  if (!user) throw new Error('it names no user');
  if (!database) throw new Error('it names no database');
  if (!Object.hasOwn(TLS_OF_MODE, mode)) throw new Error(`its sslmode must be one of ${Object.keys(TLS_OF_MODE).join(', ')}`);
  const tls = TLS_OF_MODE[mode];
  return { host, port: Number(url.port || 5432), user, ...(password && { password }), database, ...(tls && { tls }) };
}

/** The address as node-postgres takes it, for a `Client`, a `Pool` or a driver built on them. */
export function toPgOptions({ host, port, user, password, database, tls }: DatabaseAddress) {
  const ssl: ConnectionOptions | undefined = tls && { rejectUnauthorized: tls === 'verified' };
  return { host, port, user, database, ...(password && { password }), ...(ssl && { ssl }) };
}

/** A libpq address may leave the host out (`postgres://user@/database?host=/folder`), which the URL standard does not take. */
function readUrl(address: string): URL {
  if (!/^postgres(ql)?:\/\//.test(address)) throw new Error('it must begin with postgres://');
  const isSocket = /@\//.test(address);
  const complete = isSocket ? address.replace('@/', '@socket/') : address;
  if (!URL.canParse(complete)) throw new Error('it is not an address');
  const url = new URL(complete);
  if (isSocket && !url.searchParams.has('host')) throw new Error('it names no host');
  return url;
}
