import { LockMode } from '@mikro-orm/core';
import type { Context, Transaction } from '../platform/context.ts';
import { findById } from '../platform/find-by-id.ts';
import { RuleBroken } from '../platform/user-errors.ts';
import { openToken } from './number-token.ts';
import type { WhatsappAccount } from './whatsapp-account.ts';
import { NumberStatus, WhatsappNumber } from './whatsapp-number.ts';

/** One of the company's numbers, locked until the commit. Throws NOT_FOUND. */
export async function numberToChange(tx: Transaction, id: string): Promise<WhatsappNumber> {
  const number = await findById(tx.em, WhatsappNumber, id);
  if (!number) throw new RuleBroken('NOT_FOUND', 'No such WhatsApp number.', ['whatsappNumberId']);
  await tx.em.refresh(number, { lockMode: LockMode.PESSIMISTIC_WRITE });
  return number;
}

/** As `numberToChange`, and its account, which is locked first as those do who follow Meta's news. */
export async function numberAndAccount(
  tx: Transaction,
  id: string,
): Promise<{ number: WhatsappNumber; account: WhatsappAccount }> {
  const found = await findById(tx.em, WhatsappNumber, id);
  if (!found) throw new RuleBroken('NOT_FOUND', 'No such WhatsApp number.', ['whatsappNumberId']);
  const account = await found.account.loadOrFail();
  await tx.em.refresh(account, { lockMode: LockMode.PESSIMISTIC_WRITE });
  return { number: await numberToChange(tx, id), account };
}

/** What a call to Meta about a number needs. */
export interface NumberAccess {
  phoneNumberId: string;
  wabaId: string;
  accessToken: string;
}

/** Reads it in a transaction of its own. Throws NOT_FOUND, and NUMBER_UNAVAILABLE for a number that is no longer connected. */
export function accessTo(ctx: Context, id: string): Promise<NumberAccess> {
  return ctx.command(async (tx) => {
    const number = await findById(tx.em, WhatsappNumber, id);
    if (!number) throw new RuleBroken('NOT_FOUND', 'No such WhatsApp number.', ['whatsappNumberId']);
    if (number.status === NumberStatus.DISCONNECTED)
      throw new RuleBroken('NUMBER_UNAVAILABLE', 'This number is disconnected. Connect it again first.', ['whatsappNumberId']);
    const { wabaId } = await number.account.loadOrFail();
    return { phoneNumberId: number.phoneNumberId, wabaId, accessToken: await openToken(ctx, tx, number) };
  });
}
