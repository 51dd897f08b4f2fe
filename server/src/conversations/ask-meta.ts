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

/** Asks Meta outside any transaction. Throws FORBIDDEN as `metaFor` does, META_REFUSED and META_UNREACHABLE as `answerOf` does. */
export async function askMeta<T>(ctx: Context, ask: (api: CloudApi) => Promise<Outcome<T>>): Promise<T> {
  return answerOf(await ask(metaFor(ctx)));
}

/** The fields of a command's input that a refusal may be about: what the call was about, and the token it was made with. */
export interface Blamed {
  field?: string;
  tokenField?: string;
}

/** What a call gave. Throws META_REFUSED with the reason in plain words, about the field that is to blame where there is one, or META_UNREACHABLE. */
export function answerOf<T>(outcome: Outcome<T>, { field, tokenField }: Blamed = {}): T {
  if (outcome.kind === 'done') return outcome.value;
  if (outcome.kind === 'refused') {
    const code = codeOf(outcome.error);
    const { words, isToken } = reasonOf({ ...outcome.error, code });
    const blamed = isToken ? tokenField : field;
    throw new RuleBroken('META_REFUSED', words, blamed ? [blamed] : undefined, code ?? undefined);
  }
  throw new RuleBroken(
    'META_UNREACHABLE',
    outcome.kind === 'unwritten'
      ? 'WhatsApp cannot be reached. Nothing was changed; try again in a while.'
      : 'WhatsApp did not answer, and may have done it all the same. Synchronize or look in WhatsApp Manager before you try again.',
  );
}

/** What older versions hide behind code 100 stands in the subcode. */
function codeOf({ code, subcode }: MetaError): number | null {
  return code === 100 ? (subcode ?? code) : code;
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
