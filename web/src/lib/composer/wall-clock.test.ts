import { describe, expect, it } from 'vitest';
import { momentAt, wallClock } from './wall-clock.ts';

describe('a day and time in a zone', () => {
  it('is one moment', () => {
    expect(momentAt('2026-11-26T09:00', 'Asia/Riyadh')?.toISOString()).toBe('2026-11-26T06:00:00.000Z');
    expect(momentAt('2026-07-01T09:00', 'Europe/Berlin')?.toISOString()).toBe('2026-07-01T07:00:00.000Z');
    expect(momentAt('2026-12-01T09:00', 'Europe/Berlin')?.toISOString()).toBe('2026-12-01T08:00:00.000Z');
    expect(momentAt('2026-12-31T23:30', 'America/New_York')?.toISOString()).toBe('2027-01-01T04:30:00.000Z');
  });

  it('is right on the day summer time ends', () => {
    expect(momentAt('2026-10-25T09:00', 'Europe/Berlin')?.toISOString()).toBe('2026-10-25T08:00:00.000Z');
    expect(momentAt('2026-10-25T00:30', 'Europe/Berlin')?.toISOString()).toBe('2026-10-24T22:30:00.000Z');
  });

  it('is none when it is not written', () => {
    for (const text of ['', '2026-11-26', 'soon']) expect(momentAt(text, 'Asia/Riyadh')).toBeNull();
  });

  it('is what clocks show there', () => {
    expect(wallClock(new Date('2026-11-26T06:00:00Z'), 'Asia/Riyadh')).toBe('2026-11-26T09:00');
    expect(wallClock(new Date('2026-11-26T23:45:30Z'), 'Asia/Kathmandu')).toBe('2026-11-27T05:30');
  });
});
