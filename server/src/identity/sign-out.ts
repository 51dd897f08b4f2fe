import type { Context } from '../platform/context.ts';

/** Ends the session of the request: its cookie is cleared and its sockets are cut. Without a session it does nothing. */
export async function signOut(ctx: Context): Promise<object> {
  await endSession(ctx);
  ctx.request.setSession?.(null);
  ctx.viewer = null;
  return {};
}

/** Revokes the session that the request came with, if it came with one; its sockets are cut. */
export async function endSession(ctx: Context): Promise<void> {
  const sessionId = ctx.viewer?.sessionId;
  if (!sessionId) return;
  await ctx.command(async (tx) => {
    await tx.query('update session set revoked_at = cube_now() where id = $1', [sessionId]);
    tx.record({ kind: 'ACCESS_REVOKED', subjectId: sessionId });
  });
}
