import { afterEach, expect, test, vi } from 'vitest';
import { isId, newId } from './ids.ts';

afterEach(() => vi.useRealTimers());

const millisecondOf = (id: string) => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);

test('an id is a UUID of version 7 that carries the time', () => {
  const before = Date.now();
  const id = newId();
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(millisecondOf(id)).toBeGreaterThanOrEqual(before);
  expect(millisecondOf(id)).toBeLessThanOrEqual(Date.now());
});

test('ids of one millisecond sort as they were made, also when there are more than the counter holds', () => {
  vi.useFakeTimers({ now: Date.now() + 60_000, toFake: ['Date'] });
  const ids = Array.from({ length: 20_000 }, () => newId());
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});

test('ids go on rising when the clock steps back', () => {
  vi.useFakeTimers({ now: Date.now() + 120_000, toFake: ['Date'] });
  const later = newId();
  vi.setSystemTime(Date.now() - 60_000);
  expect(newId() > later).toBe(true);
});

test.each([
  ['018f3a5e-0000-7000-8000-000000000000', true],
  ['018F3A5E-0000-7000-8000-000000000000', false],
  ['018f3a5e00007000800000000000000', false],
  ["018f3a5e-0000-7000-8000-000000000000'", false],
  ['', false],
  [7, false],
  [null, false],
])('isId(%o) is %o', (text, expected) => {
  expect(isId(text)).toBe(expected);
});
