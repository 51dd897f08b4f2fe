import { describe, expect, it } from 'vitest';
import { isEmojiOnly } from './emoji-only.ts';

describe('a text of emojis alone', () => {
  it('is up to three of them, whatever they are made of', () => {
    for (const text of ['👍', '🙏🏽 🌷', '👨‍👩‍👧‍👦', '🇸🇦', '1️⃣', '❤️❤️❤️']) expect(isEmojiOnly(text)).toBe(true);
  });

  it('is neither four, nor words, nor digits, nor nothing', () => {
    for (const text of ['👍👍👍👍', 'ok 👍', '42', '', '   ', '#', '…']) expect(isEmojiOnly(text)).toBe(false);
  });
});
