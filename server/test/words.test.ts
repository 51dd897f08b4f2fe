import 'reflect-metadata';
import { describe, expect, it } from 'vitest';
import { ar } from '../../web/src/lib/i18n/ar.ts';
import { en } from '../../web/src/lib/i18n/en.ts';
import { isKnownRefusal, refusalText } from '../../web/src/lib/inbox/refusal-text.ts';
import { ar as reasonsInArabic } from '../../web/src/lib/reasons/ar-reasons.ts';
import { en as reasonsInEnglish } from '../../web/src/lib/reasons/en-reasons.ts';
import { meaningOf } from '../../web/src/lib/reasons/meanings.ts';
import { MessageFailureCode } from '../src/messaging/message-enums.ts';
import { UserErrorCode } from '../src/platform/user-errors.ts';
import { KNOWN_CODES } from '../src/whatsapp/errors.ts';

const catalogues: Record<string, unknown>[] = [en, ar];
const isArabic = (text: unknown) => /[\u0600-\u06ff]{2}/.test(String(text));

describe('what the server refuses for, the web client says in both languages', () => {
  it.each(Object.keys(UserErrorCode))('a command: %s', (code) => {
    expect(isKnownRefusal(code)).toBe(true);
    const [english, arabic] = catalogues.map((texts) => texts[refusalText(code)]);
    expect(english).toMatch(/\w/);
    expect(arabic).toSatisfy(isArabic);
  });

  it.each(Object.keys(MessageFailureCode))('a message: %s', (code) => {
    for (const key of [`failure.${code}`, `failure.${code}.short`]) {
      expect(en).toHaveProperty([key]);
      expect(ar).toHaveProperty([key], expect.toSatisfy(isArabic));
    }
  });

  it.each([...KNOWN_CODES, 200, 299])('Meta’s code %i', (code) => {
    const meaning = meaningOf(code);
    expect(meaning).not.toBeNull();
    expect(reasonsInEnglish).toHaveProperty([meaning ?? '']);
    expect(reasonsInArabic).toHaveProperty([meaning ?? ''], expect.toSatisfy(isArabic));
  });

  it('and nothing of a code that nobody knows', () => {
    expect(meaningOf(999_999)).toBeNull();
    expect(refusalText('NEW')).toBe('error.other');
  });
});
