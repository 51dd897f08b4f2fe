import { describe, expect, it } from 'vitest';
import type { SendOutcome } from '../whatsapp/send.ts';
import { judge, LONGEST_REST_MS, NEVER_REACHED, UNREACHED_DELAY_MS } from './judge-outcome.ts';

const UNWRITTEN: SendOutcome = { kind: 'unwritten', cause: new Error('connect ECONNREFUSED') };
const refused = (code: number | null, httpStatus = 400): SendOutcome => ({
  kind: 'refused',
  httpStatus,
  error: { code, title: 'No' },
});

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
    const ends = [0, 1, 2, 3, 4].map((tries) => judge(refused(1), { tries, unreached: 20 }, 10));
    expect(ends.map(({ kind }) => kind)).toEqual(['again', 'again', 'again', 'again', 'failed']);
    expect(ends[0]).toMatchObject({ tries: 1, unreached: 20 });
    expect(ends[4]).toEqual({ kind: 'failed', code: 1 });
  });

  it.each([
    ['a fault of its own', refused(131000, 500)],
    ['another', refused(131016, 500)],
    ['being away', refused(2, 503)],
    ['being away, otherwise', refused(133004, 503)],
    ['a code nobody knows', refused(987654, 500)],
    ['an error without a code', refused(null, 502)],
    ['a gateway', { kind: 'unknown', httpStatus: 502, cause: new Error('HTTP 502') }],
  ] satisfies [string, SendOutcome][])('leaves open what Meta answered with a 5xx for %s', (_why, outcome) => {
    expect(judge(outcome, { tries: 0, unreached: 0 }, 10)).toEqual({ kind: 'in-doubt' });
  });

  it.each([
    ['a number that is upgraded', refused(131057, 500), 'slow-number'],
    ['a number that is not registered', refused(131045, 500), 'pause-number'],
    ['a permission that lacks', refused(3, 500), 'pause-number'],
    ['a fault with a 4xx', refused(131000, 400), 'again'],
    ['a time-out', { kind: 'unknown', cause: new Error('No answer') }, 'unconfirmed'],
  ] satisfies [string, SendOutcome, string][])('knows what became of %s', (_why, outcome, kind) => {
    expect(judge(outcome, { tries: 0, unreached: 0 }, 10).kind).toBe(kind);
  });

  it('spreads what failed together evenly over its time, which doubles from try to try', () => {
    for (const tries of [0, 1, 2, 3]) {
      const delays = Array.from({ length: 2_000 }, () => {
        const verdict = judge(refused(1), { tries, unreached: 0 }, 4_000);
        return verdict.kind === 'again' ? verdict.delayMs : Number.NaN;
      });
      const most = 4_000 * 2 ** tries;
      expect(delays.every((ms) => ms >= 0 && ms < most)).toBe(true);
      // Of 2,000 some 200 fall into each tenth; one of fewer than 130 or more than 270 comes once in a million runs.
      for (let tenth = 0; tenth < 10; tenth++) {
        const within = delays.filter((ms) => Math.floor((ms * 10) / most) === tenth).length;
        expect(within).toBeGreaterThan(130);
        expect(within).toBeLessThan(270);
      }
    }
  });

  it('waits as long as Meta asked, and only then spreads', () => {
    const error = { code: 1, title: 'No', retryAfterMs: 7_000 };
    const delays = Array.from({ length: 500 }, () =>
      judge({ kind: 'refused', httpStatus: 400, error }, { tries: 0, unreached: 0 }, 1_000),
    );
    expect(delays.every((verdict) => verdict.kind === 'again' && verdict.delayMs >= 7_000 && verdict.delayMs < 8_000)).toBe(true);
  });

  it('gives as many to one that something between us and Meta refuses, in its own words', () => {
    const blocked: SendOutcome = { kind: 'refused', httpStatus: 403, error: { code: null, title: 'HTTP 403' } };
    const ends = [0, 1, 2, 3, 4].map((tries) => judge(blocked, { tries, unreached: 0 }, 10));
    expect(ends.map(({ kind }) => kind)).toEqual(['again', 'again', 'again', 'again', 'failed']);
    expect(ends[4]).toEqual({ kind: 'failed', code: NEVER_REACHED });
  });

  it('does not wait for days because an answer says so', () => {
    const error = { code: 131000, title: 'Something went wrong', retryAfterMs: 11 * 86_400_000 };
    const verdict = judge({ kind: 'refused', httpStatus: 400, error }, { tries: 0, unreached: 0 }, 10);
    expect(verdict).toMatchObject({ kind: 'again' });
    expect((verdict as { delayMs: number }).delayMs).toBeLessThanOrEqual(LONGEST_REST_MS + 10);
  });
});
