import type { Context } from '../platform/context.ts';

/** Ends the session of the request: its cookie is cleared and its sockets are cut. Without a session it does nothing. */
export async function signOut(ctx: Context): Promise<object> {
  const sessionId = ctx.viewer?.sessionId;
  if (sessionId) {
    await ctx.command(async (tx) => {
      await tx.query('update session set revoked_at = cube_now() where id = $1', [sessionId]);
      tx.record({ kind: 'ACCESS_REVOKED', subjectId: sessionId });
    });
  }
  ctx.request.setSession?.(null);
  ctx.viewer = null;
  return {};
}
