import { describe, expect, it } from 'vitest';
import { codePoints, textFault } from './limits.ts';

describe('text limits', () => {
  it('counts code points, not UTF-16 units', () => {
    for (const text of ['', 'abc', 'مرحبا', '😀😀', 'a😀b', '\ud800', '\udc00\ud800x', '👩‍👩‍👧'])
      expect(codePoints(text)).toBe([...text].length);
  });

  it('takes 4,096 code points and no more', () => {
    expect(textFault('😀'.repeat(4096))).toBeNull();
    expect(textFault('😀'.repeat(4097))).toBe('TOO_LONG');
    expect(textFault('x'.repeat(4097))).toBe('TOO_LONG');
  });

  it('refuses blank text', () => {
    for (const text of ['', ' ', '\n\t\u00a0']) expect(textFault(text)).toBe('EMPTY');
  });
});
