import { expect, it } from 'vitest';
import { Outages } from './outages.ts';

it('lets a number rest from the third doubtful answer in a row, longer each time, for half a minute at most', () => {
  const outages = new Outages();
  const rests = (count: number) => Array.from({ length: count }, () => outages.note('one'));
  expect(rests(10)).toEqual([0, 0, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  expect(outages.note('another')).toBe(0);
  outages.end('one');
  expect(rests(3)).toEqual([0, 0, 1_000]);
});
