import type { Context, Transaction } from '../platform/context.ts';
import { place, seal, Sealed } from '../platform/sealed.ts';
import { RuleBroken } from '../platform/user-errors.ts';
import type { WhatsappNumber } from './whatsapp-number.ts';

const TOKEN = /^[\x21-\x7e]{1,1000}$/;

/** A token as it was pasted, without the space around it. Throws BAD_INPUT for what cannot be one. */
export function checkToken(text: string): string {
  const token = text.trim();
  if (!TOKEN.test(token))
    throw new RuleBroken('BAD_INPUT', 'This is no access token: paste it as Meta shows it.', ['accessToken']);
  return token;
}

/** Seals a number's token into its row. */
export async function sealToken(ctx: Context, tx: Transaction, numberId: string, token: string): Promise<Sealed> {
  const { tenantId } = ctx.me;
  await ctx.services.keys.loadTenants(tx.query, [tenantId]);
  return new Sealed(
    seal(ctx.services.keys.tenant(tenantId), place(tenantId, 'whatsapp_number', 'access_token', numberId), token),
  );
}

/** Opens a number's token, for a call to Meta. Throws `SealBroken` when its key is gone. */
export async function openToken(ctx: Context, tx: Transaction, number: WhatsappNumber): Promise<string> {
  const { tenantId } = ctx.me;
  await ctx.services.keys.loadTenants(tx.query, [tenantId]);
  return ctx.services.keys.open(tenantId, place(tenantId, 'whatsapp_number', 'access_token', number.id), number.accessToken);
}
