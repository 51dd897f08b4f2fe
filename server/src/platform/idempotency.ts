import { createHmac } from 'node:crypto';
import type { Context, Transaction } from './context.ts';
import { queryIn } from './query.ts';
import { RuleBroken } from './user-errors.ts';

/** Somebody used the key in the last 24 hours. */
class KeyTaken extends Error {}

/**
 * Runs a command at most once per principal and key, for 24 hours. The same key with the same input gives the first result's id again;
 * with another input it throws IDEMPOTENCY_MISMATCH. Of many at once, one runs while the others wait for its end and get its result.
 */
export async function once(
  ctx: Context,
  key: string,
  input: object,
  run: (tx: Transaction) => Promise<void>,
  id: string,
): Promise<string> {
  if (!key || key.length > 200)
    throw new RuleBroken('BAD_INPUT', 'An idempotency key has from 1 to 200 characters.', ['idempotencyKey']);
  const fingerprint = await fingerprintOf(ctx, input);
  try {
    return await ctx.command(async (tx) => {
      const [won] = await tx.query(
        `insert into idempotency (principal_id, key, fingerprint, result_id) values ($1, $2, $3, $4)
         on conflict (tenant_id, principal_id, key) do update
         set fingerprint = excluded.fingerprint, result_id = excluded.result_id, created_at = cube_now()
         where idempotency.created_at <= cube_now() - interval '24 hours' returning result_id`,
        [ctx.me.principalId, key, fingerprint, id],
      );
      if (!won) throw new KeyTaken();
      await run(tx);
      return id;
    });
  } catch (error) {
    if (!(error instanceof KeyTaken)) throw error;
    const [earlier] = await ctx.read<{ fingerprint: Buffer; result_id: string }>(
      'select fingerprint, result_id from idempotency where principal_id = $1 and key = $2',
      [ctx.me.principalId, key],
    );
    if (!earlier?.fingerprint.equals(fingerprint)) {
      throw new RuleBroken('IDEMPOTENCY_MISMATCH', 'This key was used for another request.', ['idempotencyKey']);
    }
    return earlier.result_id;
  }
}

/** Keyed by the tenant: the stored fingerprint tells nothing about the text. */
async function fingerprintOf(ctx: Context, input: object): Promise<Buffer> {
  const { keys } = ctx.services;
  const { tenantId } = ctx.me;
  await keys.loadTenants(queryIn(await ctx.reading()), [tenantId]);
  return createHmac('sha256', keys.blind(tenantId, 'idempotency', ''))
    .update(JSON.stringify(input, inOrder))
    .digest();
}

/** The same input has the same text, in whatever order its fields came, and whether what is missing was left out or null. */
function inOrder(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const given = Object.entries(value).filter(([, part]) => part !== null);
  return Object.fromEntries(given.sort(([a], [b]) => (a < b ? -1 : 1)));
}
