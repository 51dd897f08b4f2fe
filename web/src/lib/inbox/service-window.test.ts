import { describe, expect, it } from 'vitest';
import { windowAt } from './service-window.ts';

const now = Date.UTC(2026, 0, 1, 12);
const hours = (count: number) => new Date(now + count * 3_600_000).toISOString();

describe('the 24-hour window', () => {
  it('is open, then low under two hours, then shut', () => {
    expect(windowAt(hours(12), now)).toEqual({ kind: 'open', leftMs: 12 * 3_600_000, leftPercent: 50 });
    expect(windowAt(hours(1.99), now).kind).toBe('low');
    expect(windowAt(hours(0), now)).toEqual({ kind: 'shut', leftMs: 0, leftPercent: 0 });
    expect(windowAt(hours(-30), now).kind).toBe('shut');
  });

  it('is shut when the customer never wrote', () => {
    expect(windowAt(null, now).kind).toBe('shut');
  });
});
