import { isolate } from '#lib/i18n/fill.ts';
import { say } from './template-texts.ts';

const known = ['INVALID_FORMAT', 'PROMOTIONAL', 'TAG_CONTENT_MISMATCH', 'INCORRECT_CATEGORY', 'ABUSIVE_CONTENT', 'SCAM'] as const;

/** Why Meta refused a template, in the reader's words, with Meta's own behind them. */
export function rejectionText(reason: string): string {
  const one = known.find((name) => name === reason);
  return one ? `${say(`reason.${one}`)} (${isolate(reason)})` : isolate(reason);
}
