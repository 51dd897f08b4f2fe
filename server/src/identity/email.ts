import { createHmac } from 'node:crypto';
import type { Services } from '../platform/context.ts';
import { queryOn } from '../platform/query.ts';

/** The platform's blind index of an e-mail: equal addresses, whatever their case, give equal bytes. */
export async function emailDigest({ database, keys }: Pick<Services, 'database' | 'keys'>, email: string): Promise<Buffer> {
  const key = await keys.platformKey(queryOn(database.app), 'INDEX', 'email');
  return createHmac('sha256', key.secret).update(email.trim().normalize('NFKC').toLowerCase()).digest();
}
