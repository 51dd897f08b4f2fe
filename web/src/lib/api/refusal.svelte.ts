import { RequestFault } from './client.ts';
import { t } from '#lib/i18n/i18n.svelte.ts';
import { isKnownRefusal, refusalText } from '#lib/inbox/refusal-text.ts';
import { preferences } from '#lib/preferences/preferences.svelte.ts';
import { meaningOf } from '#lib/reasons/meanings.ts';
import { metaReason } from '#lib/reasons/reason-texts.ts';

export interface UserFault {
  code: string;
  message: string;
  field?: readonly string[] | null;
  /** Meta's, where it was Meta that refused. */
  metaCode?: number | null;
}

/** A sentence for its reader, with the server's own words in English where ours do not say it all. */
export interface Sentence {
  text: string;
  said?: string;
}

/** Why something was refused: for who reads English what the server says, which knows most, else our words for its code. */
export function refusalSentence({ code, message, field, metaCode }: UserFault): Sentence {
  if (preferences.locale === 'en') return { text: message };
  if (code === 'META_REFUSED' && field?.includes('accessToken')) return { text: t('error.META_TOKEN') };
  // That some content is not accepted says nothing without Meta's words, as that an input breaks some rule does without ours.
  const reason = meaningOf(metaCode ?? NaN) === 'content' ? null : metaReason(metaCode);
  if (reason) return { text: reason };
  const isVague = code === 'META_REFUSED' || code === 'BAD_INPUT' || !isKnownRefusal(code);
  return { text: t(refusalText(code)), ...(isVague && { said: message }) };
}

/** As `refusalSentence`, of what a request threw. */
export function faultSentence(fault: unknown): string {
  return t(fault instanceof RequestFault && fault.fault === 'refused' ? 'error.other' : 'error.unreachable');
}

/** What is wrong with each field of a form, by the field's last name; under `form` what belongs to none. */
export function faultsByField(faults: readonly UserFault[]): Record<string, Sentence> {
  return Object.fromEntries([...faults].reverse().map((one) => [one.field?.at(-1) ?? 'form', refusalSentence(one)]));
}
