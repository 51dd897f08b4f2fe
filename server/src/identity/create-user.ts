import type { Services } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import { place, seal, uuidBytes } from '../platform/sealed.ts';
import { tenantQuery } from '../platform/tenant-query.ts';
import { emailDigest } from './email.ts';
import { hashPassword } from './passwords.ts';

export interface NewUser {
  tenantId: string;
  email: string;
  name: string;
  /** 12 to 128 characters. */
  password: string;
  /** The name of one of the tenant's roles. */
  role: string;
  locale: string;
}

/** Makes an account and its membership in a tenant. E-mail and name are sealed under a key of the account's own. */
export async function createUser(
  services: Pick<Services, 'database' | 'keys'>,
  user: NewUser,
): Promise<{ userId: string; memberId: string }> {
  const { database, keys } = services;
  const [userId, memberId] = [newId(), newId()];
  const passwordHash = await hashPassword(user.password);
  const digest = await emailDigest(services, user.email);
  await tenantQuery(database.app, user.tenantId, async (query) => {
    const key = await keys.platformKey(query, 'USER', userId);
    await query(`select set_config('app.user_id', $1, true)`, [userId]);
    await query('insert into "user" (id, email, name, password_hash, locale) values ($1, $2, $3, $4, $5)', [
      userId,
      seal(key, place('', 'user', 'email', userId), user.email),
      seal(key, place('', 'user', 'name', userId), user.name),
      passwordHash,
      user.locale,
    ]);
    await query('insert into member (id, user_id, role_id) select $1, $2, id from role where name = $3', [
      memberId,
      userId,
      user.role,
    ]);
    await query('select enter_digest($1, $2, $3)', ['EMAIL', digest, userId]);
    await query('select enter_digest($1, $2, $3)', ['MEMBER', uuidBytes(userId), memberId]);
  });
  return { userId, memberId };
}
