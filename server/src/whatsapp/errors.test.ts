import { describe, expect, it } from 'vitest';
import { failureOf } from './errors.ts';

const codesOf = (code: string, act: string, ...codes: number[]) => codes.map((meta) => [meta, code, act] as const);

describe('failureOf', () => {
  it.each([
    ...codesOf('TOKEN', 'pause-number', 0, 190, 3, 10, 200, 250, 299),
    ...codesOf('TEMPORARY', 'retry', 1, 2, 131000, 131016, 131057, 133004),
    ...codesOf('RATE_LIMITED', 'slow-number', 4, 80007, 130429),
    ...codesOf('PAIR_RATE_LIMITED', 'delay-pair', 131056),
    ...codesOf('SPAM_RATE', 'stop-campaigns', 131048),
    ...codesOf('MARKETING_CAP', 'final', 131049),
    ...codesOf('OPTED_OUT', 'opt-out', 131050),
    ...codesOf('WINDOW_CLOSED', 'final', 131047),
    ...codesOf('UNDELIVERABLE', 'final', 131026, 130472, 131062),
    ...codesOf('NUMBER_STOPPED', 'pause-number', 131042, 131031, 368, 130497),
    ...codesOf('BAD_CONTENT', 'final', 100, 131008, 131009, 132000, 132001, 132005, 132007, 132012, 132015, 132016),
    ...codesOf('UNKNOWN', 'final', 300, 199, 999_999),
  ])('%i is %s: %s', (meta, code, act) => {
    const failure = failureOf({ code: meta });
    expect(failure).toMatchObject({ code, act });
    expect(failure.title).toMatch(/^[A-Z]/);
    expect(failure.advice).toMatch(/\.$/);
  });

  it('slows the number on a 429 that carries no code', () => {
    expect(failureOf({ code: null, httpStatus: 429 }).act).toBe('slow-number');
    expect(failureOf({ code: null, httpStatus: 404 })).toMatchObject({ code: 'UNKNOWN', act: 'final' });
  });

  it('believes Meta that an unknown fault is transient, but no more than its own code', () => {
    expect(failureOf({ code: 999_999, transient: true })).toMatchObject({ code: 'TEMPORARY', act: 'retry' });
    expect(failureOf({ code: 131047, transient: true }).act).toBe('final');
  });
});
