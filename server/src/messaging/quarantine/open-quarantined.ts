import type { Context } from '../../platform/context.ts';
import { queryIn } from '../../platform/query.ts';
import { SealBroken } from '../../platform/sealed.ts';
import { keyOfDay, openBody } from '../received-body.ts';
import type { QuarantinedWebhook } from './quarantined-webhook.ts';

/** Bytes shown at most. */
const MOST_SHOWN = 65_536;

/** What a webhook in quarantine said, while it is kept and if it is about nobody else; null otherwise. */
export async function openQuarantined(
  ctx: Context,
  { isShared, receivedOn, webhookId }: QuarantinedWebhook,
): Promise<string | null> {
  if (isShared) return null;
  const query = queryIn(await ctx.reading());
  const [row] = await query<{ body: Buffer | null }>('select quarantined_body($1::date, $2::uuid) as body', [
    receivedOn,
    webhookId,
  ]);
  if (!row?.body) return null;
  try {
    return openBody(await keyOfDay(ctx.services.keys, query, receivedOn), webhookId, row.body)
      .subarray(0, MOST_SHOWN)
      .toString();
  } catch (error) {
    if (error instanceof SealBroken) return null;
    throw error;
  }
}
