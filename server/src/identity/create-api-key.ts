import type { Context } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import { isPermission } from '../platform/permissions.ts';
import { uuidBytes } from '../platform/sealed.ts';
import { RuleBroken } from '../platform/user-errors.ts';
import { ApiKey } from './api-key.ts';
import { digestOf, newSecret, writeApiKey } from './secrets.ts';
import { stepUp } from './sign-in.ts';

/**
 * Makes an API key for a program. Its scopes are permissions that its maker holds; the secret is in the answer and nowhere else.
 * Needs the maker's password. Throws BAD_CREDENTIALS, BAD_INPUT, FORBIDDEN.
 */
export async function createApiKey(
  ctx: Context,
  input: { name: string; scopes: string[]; password: string; expiresAt?: Date | null },
) {
  await stepUp(ctx, input.password, ['password']);
  const name = input.name.trim();
  if (!name || name.length > 80) throw new RuleBroken('BAD_INPUT', 'A name has from 1 to 80 characters.', ['name']);
  if (input.expiresAt && input.expiresAt <= ctx.services.clock.now())
    throw new RuleBroken('BAD_INPUT', 'This moment has passed.', ['expiresAt']);
  const scopes = [...new Set(input.scopes)].map((scope) => {
    if (!isPermission(scope)) throw new RuleBroken('BAD_INPUT', `There is no permission "${scope.slice(0, 40)}".`, ['scopes']);
    if (!ctx.me.permissions.has(scope)) throw new RuleBroken('FORBIDDEN', `You do not hold ${scope} yourself.`, ['scopes']);
    return scope;
  });
  const secret = newSecret();
  const { isTest, memberId } = ctx.me;
  return ctx.command(async (tx) => {
    const apiKey = tx.em.create(ApiKey, {
      id: newId(),
      name,
      scopes,
      isTest,
      digest: digestOf(secret),
      createdById: memberId ?? null,
      expiresAt: input.expiresAt ?? null,
    });
    await tx.em.flush();
    await tx.query('select enter_digest($1, $2, $3)', ['API_KEY', uuidBytes(apiKey.id), apiKey.id]);
    return { apiKey, secret: writeApiKey(isTest, apiKey.id, secret) };
  });
}
