import { describe, expect, it } from 'vitest';
import { pointsLeft } from './text-length.ts';

describe('the length of a text', () => {
  it('is counted in code points, not in halves of them', () => {
    expect(pointsLeft('')).toBe(4096);
    expect(pointsLeft('🙏'.repeat(4096))).toBe(0);
    expect(pointsLeft('a'.repeat(4097))).toBe(-1);
  });
});
