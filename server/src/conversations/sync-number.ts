import type { Context } from '../platform/context.ts';
import { applyFacts } from './apply-facts.ts';
import { metaFor } from './ask-meta.ts';
import { accessTo, numberAndAccount } from './find-number.ts';
import { readAtMeta } from './read-at-meta.ts';
import type { WhatsappNumber } from './whatsapp-number.ts';

/**
 * Reads anew from Meta what it says of a number: name, quality, pace, messaging limit, profile. Throws NOT_FOUND, META_REFUSED, META_UNREACHABLE, and
 * NUMBER_UNAVAILABLE for one that is no longer connected.
 */
export async function syncNumber(ctx: Context, input: { whatsappNumberId: string }): Promise<{ whatsappNumber: WhatsappNumber }> {
  const cloudApi = metaFor(ctx);
  const facts = await readAtMeta(cloudApi, await accessTo(ctx, input.whatsappNumberId));
  return ctx.command(async (tx) => {
    const { number, account } = await numberAndAccount(tx, input.whatsappNumberId);
    await applyFacts(tx, number, account, facts, ctx.services.clock.now());
    tx.record({ kind: 'NUMBER_CHANGED', subjectId: number.id, status: number.status });
    return { whatsappNumber: number };
  });
}
