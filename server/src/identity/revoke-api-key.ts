import type { Context } from '../platform/context.ts';
import { findById } from '../platform/find-by-id.ts';
import { RuleBroken } from '../platform/user-errors.ts';
import { ApiKey } from './api-key.ts';

/** Revokes a key: from the next event on its sockets are cut and its requests refused. Throws NOT_FOUND. */
export async function revokeApiKey(ctx: Context, input: { id: string }) {
  return ctx.command(async (tx) => {
    const apiKey = await findById(tx.em, ApiKey, input.id);
    if (!apiKey) throw new RuleBroken('NOT_FOUND', 'No such key.', ['id']);
    apiKey.revokedAt ??= ctx.services.clock.now();
    tx.record({ kind: 'ACCESS_REVOKED', subjectId: apiKey.id });
    return { apiKey };
  });
}
