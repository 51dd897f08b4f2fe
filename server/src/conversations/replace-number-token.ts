import type { Context } from '../platform/context.ts';
import { RuleBroken } from '../platform/user-errors.ts';
import { applyFacts } from './apply-facts.ts';
import { answerOf, metaFor } from './ask-meta.ts';
import { accessTo, numberAndAccount } from './find-number.ts';
import { checkToken, sealToken } from './number-token.ts';
import { readAtMeta } from './read-at-meta.ts';
import { resumed } from './resume-number.ts';
import { NumberStatus, PausedBy, type WhatsappNumber } from './whatsapp-number.ts';

/**
 * Gives a number another access token, once Meta has shown that it may use the number. If Meta had stopped it, it sends again; if a person had, it stays
 * paused. Throws NOT_FOUND, BAD_INPUT, META_REFUSED, META_UNREACHABLE, and NUMBER_UNAVAILABLE for one that is no longer connected.
 */
export async function replaceNumberToken(
  ctx: Context,
  input: { whatsappNumberId: string; accessToken: string },
): Promise<{ whatsappNumber: WhatsappNumber }> {
  const cloudApi = metaFor(ctx);
  const accessToken = checkToken(input.accessToken);
  const access = { ...(await accessTo(ctx, input.whatsappNumberId)), accessToken };
  const facts = await readAtMeta(cloudApi, access, { token: 'accessToken' });
  answerOf(await cloudApi.subscribeApp(access.wabaId, accessToken), { tokenField: 'accessToken' });
  return ctx.command(async (tx) => {
    const { number, account } = await numberAndAccount(tx, input.whatsappNumberId);
    if (number.status === NumberStatus.DISCONNECTED)
      throw new RuleBroken('NUMBER_UNAVAILABLE', 'This number was disconnected in the meantime.', ['whatsappNumberId']);
    number.accessToken = await sealToken(ctx, tx, number.id, accessToken);
    await applyFacts(tx, number, account, facts, ctx.services.clock.now());
    if (number.status === NumberStatus.PAUSED && number.pausedBy !== PausedBy.PERSON)
      resumed(tx, number, ctx.services.clock.now());
    tx.record({ kind: 'NUMBER_CHANGED', subjectId: number.id, status: number.status });
    return { whatsappNumber: number };
  });
}
