import { describe, expect, it } from 'vitest';
import { jitteredWait } from './jitter.ts';

describe('the wait before another attempt', () => {
  it('may be anything from nothing to the ceiling, which doubles', () => {
    expect(jitteredWait(1, () => 0)).toBe(0);
    expect(jitteredWait(1, () => 1)).toBe(1_000);
    expect(jitteredWait(3, () => 1)).toBe(4_000);
  });

  it('never passes 15 seconds', () => {
    expect(jitteredWait(1_000, () => 1)).toBe(15_000);
  });
});
