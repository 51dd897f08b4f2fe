import { type DatabaseAddress, toPgOptions } from './database-address.ts';

/** The address as the ORM takes it; `options` go to PostgreSQL when a connection starts. */
export function toOrmOptions({ database, ...address }: DatabaseAddress, options?: string) {
  const { host, port, user, password, ssl } = toPgOptions({ ...address, database });
  const driverOptions = { ...(ssl && { ssl }), ...(options && { options }) };
  return { host, port, user, ...(password && { password }), dbName: database, driverOptions };
}
