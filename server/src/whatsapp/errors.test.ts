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
    ...codesOf('UNDELIVERABLE', 'mark-address', 131026),
    ...codesOf('UNDELIVERABLE', 'final', 130472, 131062),
    ...codesOf('NUMBER_STOPPED', 'pause-number', 131042, 131031, 368, 130497),
    ...codesOf('NUMBER_STOPPED', 'pause-number', 131037, 131045, 133000, 133010),
    ...codesOf('NUMBER_STOPPED', 'final', 33, 133005, 133006, 133008, 133009, 133015, 133016),
    ...codesOf('NUMBER_STOPPED', 'stop-campaigns', 131064),
    ...codesOf('TOKEN', 'pause-number', 131005),
    ...codesOf('UNDELIVERABLE', 'final', 130403, 137000),
    ...codesOf('BAD_CONTENT', 'final', 100, 131008, 131009, 131021, 131051, 131055, 135000),
    ...codesOf('MEDIA', 'final', 131052, 131053),
    ...codesOf('TEMPLATE', 'final', 132000, 132001, 132005, 132007, 132012, 132015, 132016, 132018, 132068, 132069),
    ...codesOf('TEMPLATE', 'final', 131063, 134100, 134101, 134102),
    ...codesOf('TEMPLATE', 'final', 2388019, 2388023, 2388024, 2388040, 2388043, 2388047, 2388072, 2388073, 2388293, 2388299),
    ...codesOf('UNKNOWN', 'final', 300, 199, 999_999),
  ])('%i is %s: %s', (meta, code, act) => {
    const failure = failureOf({ code: meta });
    expect(failure).toMatchObject({ code, act });
    expect(failure.title).toMatch(/^[A-Z]/);
    expect(failure.advice).toMatch(/\.$/);
  });

  it('leaves what Meta punishes to a person', () => {
    expect(failureOf({ code: 131049 })).toMatchObject({ act: 'final', retryable: true });
    for (const code of [131050, 131047, 131026, 132015, 131064]) expect(failureOf({ code }).retryable).toBe(false);
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
