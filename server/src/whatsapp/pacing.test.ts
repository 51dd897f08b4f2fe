import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Pacing } from './pacing.ts';

/** Sends as fast as it may for so long, each time to another customer; gives the times of the sends. */
function sendAll(pacing: Pacing, fromMs: number, untilMs: number, lookEveryMs = 1): number[] {
  const times: number[] = [];
  let customer = 0;
  for (let now = fromMs; now < untilMs; now += lookEveryMs)
    while (pacing.take('7001', `c${customer++}`, now) === 0) times.push(now);
  return times;
}

function mostInAnySecond(times: number[]): number {
  let first = 0;
  return times.reduce((most, time, index) => {
    while (times[first]! <= time - 1000) first++;
    return Math.max(most, index - first + 1);
  }, 0);
}

describe('pacing of a number', () => {
  it('never sends more than the cap in any second, and at least 95 % of it', () => {
    const times = sendAll(new Pacing(), 0, 60_000);
    expect(mostInAnySecond(times)).toBeLessThanOrEqual(80);
    expect(times.length / 60).toBeGreaterThanOrEqual(76);
  });

  it('keeps the cap whenever and however often it is asked', () => {
    const steps = fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 1, maxLength: 400 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 100 }), (gaps, cap) => {
        const pacing = new Pacing({ perSecond: cap });
        const times: number[] = [];
        let now = 1_790_000_000_000;
        for (const [index, gap] of gaps.entries()) {
          now += gap;
          for (let try_ = 0; try_ < 30; try_++) if (pacing.take('7001', `c${index}.${try_}`, now) === 0) times.push(now);
        }
        expect(mostInAnySecond(times)).toBeLessThanOrEqual(cap);
      }),
    );
  });

  it('says exactly how long to wait', () => {
    const pacing = new Pacing({ perSecond: 2 });
    expect([pacing.take('7001', 'a', 0), pacing.take('7001', 'b', 10), pacing.take('7001', 'c', 20)]).toEqual([0, 0, 1020]);
    expect(pacing.take('7001', 'c', 1039)).toBe(1);
    expect(pacing.take('7001', 'c', 1040)).toBe(0);
  });

  it('keeps numbers apart', () => {
    const pacing = new Pacing({ perSecond: 1 });
    expect([pacing.take('7001', 'a', 0), pacing.take('7002', 'a', 0)]).toEqual([0, 0]);
  });

  it('pauses when told to slow down, then recovers to the full pace', () => {
    const pacing = new Pacing();
    sendAll(pacing, 0, 1_000);
    pacing.slow('7001', 1_000);
    pacing.slow('7001', 1_010);
    expect(sendAll(pacing, 1_000, 2_010)).toEqual([]);
    const half = sendAll(pacing, 2_010, 3_010).length;
    expect(half).toBeGreaterThanOrEqual(38);
    expect(half).toBeLessThanOrEqual(48);
    expect(sendAll(pacing, 20_000, 30_000).length).toBeGreaterThanOrEqual(760);
  });

  it('waits as long as Meta asks, but no more than five minutes', () => {
    const pacing = new Pacing();
    pacing.slow('7001', 0, 30_000);
    expect(pacing.take('7001', 'a', 0)).toBe(30_000);
    pacing.slow('7002', 0, 999_999_000);
    expect(pacing.take('7002', 'a', 0)).toBe(300_000);
  });
});

describe('pacing of a pair', () => {
  it('lets a burst of 45 pass, then one message per 6 s', () => {
    const pacing = new Pacing();
    const times: number[] = [];
    for (let now = 0; now < 120_000; now += 100) if (pacing.take('7001', 'ada', now) === 0) times.push(now);
    expect(times.filter((time) => time <= 4_400)).toHaveLength(45);
    expect(times).toHaveLength(45 + 19);
    expect(pacing.take('7001', 'bob', 120_000)).toBe(0);
  });

  it('waits 1, 4, 16 s when Meta refuses again, and forgets it after a quiet minute', () => {
    const pacing = new Pacing();
    expect(pacing.delayPair('7001', 'ada', 0)).toBe(1_000);
    expect(pacing.take('7001', 'ada', 0)).toBe(1_000);
    expect(pacing.take('7001', 'ada', 1_000)).toBe(0);
    expect(pacing.delayPair('7001', 'ada', 1_100)).toBe(4_000);
    expect(pacing.delayPair('7001', 'ada', 1_200)).toBe(3_900);
    expect(pacing.delayPair('7001', 'ada', 5_100)).toBe(16_000);
    expect(pacing.delayPair('7001', 'ada', 200_000)).toBe(1_000);
    expect(pacing.take('7001', 'bob', 5_100)).toBe(0);
  });

  it('goes on at one message per 6 s after a delay', () => {
    const pacing = new Pacing();
    pacing.delayPair('7001', 'ada', 0);
    expect(pacing.take('7001', 'ada', 1_000)).toBe(0);
    expect(pacing.take('7001', 'ada', 1_001)).toBe(5_999);
  });

  it('remembers a bounded number of pairs', () => {
    const pacing = new Pacing({ maxPairs: 2, perSecond: 1_000, pairBurst: 1 });
    expect(['a', 'b', 'c'].map((customer) => pacing.take('7001', customer, 0))).toEqual([0, 0, 0]);
    expect(pacing.take('7001', 'c', 1)).toBe(5_999);
    expect(pacing.take('7001', 'a', 1)).toBe(0);
  });
});
