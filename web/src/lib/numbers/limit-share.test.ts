import { expect, it } from 'vitest';
import { limitShare } from './limit-share.ts';

it('says how much of a messaging limit is used', () => {
  expect(limitShare({ limit: 250, used: 50 })).toBe(20);
  expect(limitShare({ limit: 250, used: 400 })).toBe(100);
  expect(limitShare({ limit: null, used: 400 })).toBe(0);
  expect(limitShare({ limit: 0, used: 0 })).toBe(100);
});
