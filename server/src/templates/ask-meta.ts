import { answerOf } from '../conversations/ask-meta.ts';
import type { Context } from '../platform/context.ts';
import { RuleBroken } from '../platform/user-errors.ts';
import type { CloudApi } from '../whatsapp/cloud-api.ts';
import type { Outcome } from '../whatsapp/outcome.ts';
import { accountAccess, type AccountAccess } from './account-access.ts';

/** Reads what it takes to speak about an account. Throws NUMBER_UNAVAILABLE when none of its numbers is connected, or only a test number to Meta itself. */
export async function accessOf(ctx: Context, accountId: string): Promise<AccountAccess> {
  const { keys, isMeta } = ctx.services;
  const access = await ctx.command((tx) => accountAccess(tx.query, keys, ctx.me.tenantId, accountId));
  if (!access) throw new RuleBroken('NUMBER_UNAVAILABLE', 'No number of this account is connected.');
  if (access.isTest && isMeta) throw new RuleBroken('NUMBER_UNAVAILABLE', 'A test number never reaches Meta.');
  return access;
}

/** Asks Meta outside any transaction. Throws META_REFUSED with the reason in plain words, or META_UNREACHABLE. */
export async function askMeta<T>(ctx: Context, ask: (api: CloudApi) => Promise<Outcome<T>>): Promise<T> {
  const outcome = await ask(ctx.services.cloudApi);
  if (outcome.kind === 'unknown')
    throw new RuleBroken(
      'META_UNREACHABLE',
      'WhatsApp did not answer, and may have done it all the same. Synchronize, then look.',
    );
  try {
    return answerOf(outcome);
  } catch (error) {
    // What it blames is no field of templates: a token is the number's.
    throw error instanceof RuleBroken ? new RuleBroken(error.code, error.message) : error;
  }
}
