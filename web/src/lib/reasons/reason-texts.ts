import { textsOf } from '#lib/i18n/texts.svelte.ts';
import { ar } from './ar-reasons.ts';
import { en } from './en-reasons.ts';
import { meaningOf } from './meanings.ts';

const { t } = textsOf(en, ar);

/** What a code of Meta's means, in the reader's words; null for one that nobody here knows. */
export function metaReason(code: number | null | undefined): string | null {
  const meaning = code === null || code === undefined ? null : meaningOf(code);
  return meaning && t(meaning);
}
