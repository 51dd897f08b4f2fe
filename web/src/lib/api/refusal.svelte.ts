import { RequestFault } from './client.ts';
import { isolate } from '#lib/i18n/fill.ts';
import { t } from '#lib/i18n/i18n.svelte.ts';
import { refusalText } from '#lib/inbox/refusal-text.ts';
import { preferences } from '#lib/preferences/preferences.svelte.ts';

export interface UserFault {
  code: string;
  message: string;
  field?: readonly string[] | null;
}

/** Why something was refused, for its reader: the server's own sentence in English, else ours for its code. */
export function refusalSentence({ code, message, field }: UserFault): string {
  switch (code) {
    case 'META_REFUSED':
      // The server's sentence says what Meta said, and what to do.
      if (preferences.locale === 'en') return message;
      return field?.includes('accessToken') ? t('error.META_TOKEN') : t('error.META_REFUSED', { message: isolate(message) });
    case 'META_UNREACHABLE':
    case 'NUMBER_TAKEN':
    case 'TEMPLATE_LOCKED':
      return t(`error.${code}`);
    default:
      return preferences.locale === 'en' ? message : t(refusalText(code));
  }
}

/** As `refusalSentence`, of what a request threw. */
export function faultSentence(fault: unknown): string {
  return t(fault instanceof RequestFault && fault.fault === 'refused' ? 'error.other' : 'error.unreachable');
}

/** What is wrong with each field of a form, by the field's last name; under `form` what belongs to none. */
export function faultsByField(faults: readonly UserFault[]): Record<string, string> {
  return Object.fromEntries([...faults].reverse().map((one) => [one.field?.at(-1) ?? 'form', refusalSentence(one)]));
}
