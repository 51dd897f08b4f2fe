import { describe, expect, it } from 'vitest';
import { peaksOf } from './peaks.ts';
import { playTime } from './play-time.ts';

describe('the wave of a sound', () => {
  it('is as high as its parts are loud', () => {
    const samples = Float32Array.from({ length: 4_000 }, (_, at) =>
      at < 1_000 ? 0 : at < 2_000 ? 0.1 : at < 3_000 ? 0.2 : 0.05,
    );
    expect(peaksOf(samples, 4).map((peak) => Math.round(peak * 100))).toEqual([0, 50, 100, 25]);
  });

  it('is flat where there is nothing to hear', () => {
    expect(peaksOf(new Float32Array(80), 4)).toEqual([0, 0, 0, 0]);
    expect(peaksOf(new Float32Array(0), 3)).toEqual([0, 0, 0]);
  });
});

describe('the time of a player', () => {
  const digits = (value: number, width: number) => String(value).padStart(width, '0');

  it('is in minutes, and in hours where there are some', () => {
    expect([400, 23_400, 725_000, 3_723_000].map((ms) => playTime(ms, digits))).toEqual(['0:00', '0:23', '12:05', '1:02:03']);
  });
});
