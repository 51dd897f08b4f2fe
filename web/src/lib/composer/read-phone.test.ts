import { describe, expect, it } from 'vitest';
import { readPhone } from './read-phone.ts';

describe('a phone that somebody typed', () => {
  it.each([
    ['+966 50 314 2208', '+966503142208'],
    ['00966 (50) 314-2208', '+966503142208'],
    ['+٩٦٦ ٥٠ ٣١٤ ٢٢٠٨', '+966503142208'],
    ['\u2066+1 415 555 0100\u2069', '+14155550100'],
  ])('%s is read', (typed, phone) => expect(readPhone(typed)).toBe(phone));

  it.each(['0503142208', '+96', '+0503142208', 'call me', '+966 50 314 2208 99 99 99', ''])('%s is none', (typed) =>
    expect(readPhone(typed)).toBeNull(),
  );
});
