import type { Context, Transaction } from '../platform/context.ts';
import { accountDigest, numberDigest } from './enter-number.ts';
import { type NumberAccess, numberAndAccount } from './find-number.ts';
import { openToken, sealToken } from './number-token.ts';
import { NumberStatus, WhatsappNumber } from './whatsapp-number.ts';

/**
 * Ends a number's use here: it neither sends nor receives, its token is forgotten, and another company may connect it. Its conversations stay, and what
 * waited to be sent waits for the number to come back. When it was the last of its account, Meta is told to send no more news. Throws NOT_FOUND.
 */
export async function disconnectNumber(
  ctx: Context,
  input: { whatsappNumberId: string },
): Promise<{ whatsappNumber: WhatsappNumber }> {
  const { whatsappNumber, last } = await ctx.command((tx) => leave(ctx, tx, input.whatsappNumberId));
  const { cloudApi, isMeta } = ctx.services;
  // If this fails, news still come and are ignored.
  if (last && !(isMeta && whatsappNumber.isTest)) await cloudApi.unsubscribeApp(last.wabaId, last.accessToken);
  return { whatsappNumber };
}

async function leave(
  ctx: Context,
  tx: Transaction,
  id: string,
): Promise<{ whatsappNumber: WhatsappNumber; last?: NumberAccess }> {
  const { number, account } = await numberAndAccount(tx, id);
  if (number.status === NumberStatus.DISCONNECTED) return { whatsappNumber: number };
  const { phoneNumberId } = number;
  const access = { phoneNumberId, wabaId: account.wabaId, accessToken: await openToken(ctx, tx, number) };
  Object.assign(number, { status: NumberStatus.DISCONNECTED, pausedReason: null, pausedBy: null, pausedCode: null });
  number.accessToken = await sealToken(ctx, tx, id, '');
  await tx.em.flush();
  await tx.query('select leave_digest($1, $2, $3)', ['NUMBER', numberDigest(phoneNumberId), id]);
  const others = await tx.em.count(WhatsappNumber, { account: account.id, status: { $ne: NumberStatus.DISCONNECTED } });
  // Without a number of its own here the company hears no news of the account any more. Another company may have connected the same account through the same app.
  const companies = await tx.query('select from find_by_digest($1, $2)', ['WABA', accountDigest(account.wabaId)]);
  if (!others) await tx.query('select leave_digest($1, $2, $3)', ['WABA', accountDigest(account.wabaId), account.id]);
  tx.record({ kind: 'NUMBER_CHANGED', subjectId: id, status: NumberStatus.DISCONNECTED });
  return { whatsappNumber: number, ...(!others && companies.length === 1 && { last: access }) };
}
