import type { Context, Services } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import type { Query } from '../platform/query.ts';
import { tenantQuery } from '../platform/tenant-query.ts';
import { RuleBroken } from '../platform/user-errors.ts';
import type { Viewer } from '../platform/viewer.ts';
import { bySession } from './authenticate.ts';
import { emailDigest } from './email.ts';
import { findMembership } from './find-membership.ts';
import { verifyPassword } from './passwords.ts';
import { digestOf, newSecret } from './secrets.ts';
import { SignInLimit } from './sign-in-limit.ts';
import { endSession } from './sign-out.ts';

/**
 * Signs a person in with e-mail and password and sets the session cookie. An unknown e-mail and a wrong password take as long and
 * answer alike: BAD_CREDENTIALS; after ten wrong ones in ten minutes RATE_LIMITED. A session that the browser already had ends.
 */
export async function signIn(ctx: Context, input: { email: string; password: string }): Promise<{ viewer: Viewer }> {
  const { services } = ctx;
  const digest = await emailDigest(services, input.email);
  const [account, limit] = [digest.toString('base64'), limitOf(services)];
  limit.attempt(account, ctx.request.address);
  const user = await findUser(ctx, digest);
  const isRight = input.password.length <= 128 && (await verifyPassword(user?.password_hash, input.password));
  if (!user || !isRight) throw new RuleBroken('BAD_CREDENTIALS', 'E-mail or password is wrong.');
  limit.succeeded(account, ctx.request.address);
  const membership = await findMembership(services, user.id);
  if (!membership) throw new RuleBroken('BAD_CREDENTIALS', 'E-mail or password is wrong.');
  const token = newSecret();
  await asUser(ctx, user.id, membership.tenantId, (query) =>
    query('insert into session (id, digest, user_id, tenant_id, member_id) values ($1, $2, $3, $4, $5)', [
      newId(),
      digestOf(token),
      user.id,
      membership.tenantId,
      membership.memberId,
    ]),
  );
  const viewer = await bySession(services, token);
  if (!viewer) throw new RuleBroken('BAD_CREDENTIALS', 'E-mail or password is wrong.');
  await endSession(ctx);
  ctx.request.setSession?.(token);
  ctx.viewer = viewer;
  return { viewer };
}

/** Checks a member's password again, before an act that needs more certainty. Throws BAD_CREDENTIALS, and RATE_LIMITED after ten wrong ones. */
export async function stepUp(ctx: Context, password: string, field: string[]): Promise<void> {
  const { userId } = ctx.me;
  if (!userId) throw new RuleBroken('FORBIDDEN', 'Only a signed-in person may do this.');
  const limit = limitOf(ctx.services);
  limit.attempt(userId, ctx.request.address);
  const [user] = await ctx.read<{ password_hash: string }>('select password_hash from "user" where id = $1', [userId]);
  if (!(await verifyPassword(user?.password_hash, password)))
    throw new RuleBroken('BAD_CREDENTIALS', 'The password is wrong.', field);
  limit.succeeded(userId, ctx.request.address);
}

const limits = new WeakMap<Services, SignInLimit>();

function limitOf(services: Services): SignInLimit {
  let limit = limits.get(services);
  if (!limit) limits.set(services, (limit = new SignInLimit(services.clock)));
  return limit;
}

async function findUser(ctx: Context, digest: Buffer): Promise<{ id: string; password_hash: string } | undefined> {
  const { app } = ctx.services.database;
  const { rows } = await app.query<{ id: string }>('select id from find_by_digest($1, $2)', ['EMAIL', digest]);
  const id = rows[0]?.id;
  if (!id) return undefined;
  const [user] = await asUser(ctx, id, '', (query) =>
    query<{ id: string; password_hash: string }>('select id, password_hash from "user" where id = $1', [id]),
  );
  return user;
}

function asUser<T>(ctx: Context, userId: string, tenantId: string, run: (query: Query) => Promise<T>): Promise<T> {
  return tenantQuery(ctx.services.database.app, tenantId, async (query) => {
    await query(`select set_config('app.user_id', $1, true)`, [userId]);
    return run(query);
  });
}
