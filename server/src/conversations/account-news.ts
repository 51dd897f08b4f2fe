import { createHash } from 'node:crypto';
import type { AccountNotice } from '../whatsapp/account-notice.ts';

/** What Meta says about one of a tenant's accounts, its numbers or templates. */
export interface AccountNews {
  tenantId: string;
  accountId: string;
  notice: AccountNotice;
  /** By Meta's clock, in unix ms, whole seconds; never in the future. */
  at: number;
}

/** The newest word about each thing of an account: when it was said, and which words were said at that moment. */
export type Noticed = Record<string, { at: number; words: string[] }>;

/**
 * Whether this word about a thing is to be followed, and notes it if so. What is older than what is known is not, nor what was said before: so that
 * replays, and any order, come to the same. Of different words of one second, which is as fine as Meta's clock goes, the later one here holds.
 */
export function isNewWord(noticed: Noticed, thing: string, { notice, at }: Pick<AccountNews, 'notice' | 'at'>): boolean {
  const word = createHash('sha256').update(JSON.stringify(notice)).digest('base64url').slice(0, 12);
  const known = noticed[thing];
  if (known && (known.at > at || (known.at === at && known.words.includes(word)))) return false;
  noticed[thing] = { at, words: known?.at === at ? [...known.words, word] : [word] };
  return true;
}
