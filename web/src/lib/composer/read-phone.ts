import { latinDigits } from '#lib/i18n/latin-digits.ts';

/** A phone as people write it, in E.164: with its country code after `+` or `00`, in any digits. Null for what is none. */
export function readPhone(text: string): string | null {
  const bare = latinDigits(text)
    .replaceAll(/[\s().\-\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, '')
    .replace(/^00/, '+');
  return /^\+[1-9]\d{6,14}$/.test(bare) ? bare : null;
}
