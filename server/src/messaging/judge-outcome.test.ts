import { describe, expect, it } from 'vitest';
import type { SendOutcome } from '../whatsapp/send.ts';
import { judge, UNREACHED_DELAY_MS } from './judge-outcome.ts';

const UNWRITTEN: SendOutcome = { kind: 'unwritten', cause: new Error('connect ECONNREFUSED') };
const REFUSED: SendOutcome = { kind: 'refused', httpStatus: 500, error: { code: 131000, title: 'Something went wrong' } };

describe('judge', () => {
  it('never gives up while WhatsApp cannot be reached, and waits half a minute at most', () => {
    let before = { tries: 0, unreached: 0 };
    const delays: number[] = [];
    for (let n = 0; n < 200; n++) {
      const verdict = judge(UNWRITTEN, before, 4_000);
      if (verdict.kind !== 'again') throw new Error(`Request ${n + 1} came to ${verdict.kind}.`);
      delays.push(verdict.delayMs);
      before = verdict;
    }
    expect(before).toMatchObject({ tries: 0, unreached: 20 });
    expect(Math.max(...delays)).toBeLessThan(UNREACHED_DELAY_MS);
    expect(Math.max(...delays)).toBeGreaterThan(UNREACHED_DELAY_MS / 2);
    expect(delays[0]).toBeLessThan(4_000);
  });

  it('gives a message five requests that Meta refuses, however long WhatsApp was away before', () => {
    const ends = [0, 1, 2, 3, 4].map((tries) => judge(REFUSED, { tries, unreached: 20 }, 10));
    expect(ends.map(({ kind }) => kind)).toEqual(['again', 'again', 'again', 'again', 'failed']);
    expect(ends[0]).toMatchObject({ tries: 1, unreached: 20 });
    expect(ends[4]).toEqual({ kind: 'failed', code: 131000 });
  });
});
