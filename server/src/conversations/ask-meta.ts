import type { Context } from '../platform/context.ts';
import { RuleBroken } from '../platform/user-errors.ts';
import type { CloudApi } from '../whatsapp/cloud-api.ts';
import type { MetaError, Outcome } from '../whatsapp/outcome.ts';

/** The way to Meta for a command, to be gone outside its transaction. Throws FORBIDDEN where a test would reach Meta itself. */
export function metaFor(ctx: Context): CloudApi {
  const { cloudApi, isMeta } = ctx.services;
  if (ctx.me.isTest && isMeta)
    throw new RuleBroken('FORBIDDEN', 'Test keys and test companies do not reach WhatsApp. Use a live one.');
  return cloudApi;
}

/** What a call gave. Throws META_REFUSED with the reason in plain words, about `field` where one is to blame, or META_UNREACHABLE. */
export function answerOf<T>(outcome: Outcome<T>, field?: string): T {
  if (outcome.kind === 'done') return outcome.value;
  if (outcome.kind === 'refused') {
    const { words, isToken } = reasonOf(outcome.error);
    throw new RuleBroken('META_REFUSED', words, isToken ? ['accessToken'] : field ? [field] : undefined);
  }
  throw new RuleBroken(
    'META_UNREACHABLE',
    'WhatsApp cannot be reached, or did not answer in time. Nothing was changed here; try again in a while.',
  );
}

/** Meta's reasons for management calls. Those of messages are in whatsapp/errors.ts. */
function reasonOf({ code, title, details, userMessage }: MetaError): { words: string; isToken?: boolean } {
  if (code === 0 || code === 190)
    return {
      words: 'WhatsApp does not accept this access token: it is wrong, or has expired. Make a new one in Meta Business Suite.',
      isToken: true,
    };
  if (code === 3 || code === 10 || (code !== null && code >= 200 && code <= 299))
    return {
      words:
        'This access token may not do that. It needs the permissions whatsapp_business_messaging and whatsapp_business_management for this account.',
      isToken: true,
    };
  if (code === 33 || code === 803) return { words: 'WhatsApp knows nothing with this id, or this access token may not see it.' };
  if (code === 4 || code === 80007) return { words: 'WhatsApp was asked too often. Wait an hour, then try again.' };
  if (code === 368 || code === 131031)
    return { words: 'WhatsApp has locked this account. An administrator finds the reason in WhatsApp Manager.' };
  const said = userMessage ?? details ?? title;
  return { words: said ? `WhatsApp refused it: ${said}` : 'WhatsApp refused it and gave no reason.' };
}
