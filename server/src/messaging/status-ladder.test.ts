import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { climb, LADDER, type ReportableStatus } from './status-ladder.ts';

const REPORTS: ReportableStatus[] = ['UNCONFIRMED', 'ACCEPTED', 'SENT', 'DELIVERED', 'READ', 'PLAYED', 'FAILED'];
const someReports = fc.array(fc.constantFrom(...REPORTS), { minLength: 1, maxLength: 12 });
const rank = (status: string) => (LADDER as readonly string[]).indexOf(status);

/** Applies reports as they come in, some together, and gives what was shown one after the other. */
function shown(batches: readonly ReportableStatus[][]): string[] {
  return batches.reduce<string[]>((seen, batch) => [...seen, ...climb(seen.at(-1) as string, batch)], ['QUEUED']);
}

describe('the ladder of statuses', () => {
  it('ends in the same status for every order, repetition and batching of the same reports', () => {
    fc.assert(
      fc.property(someReports, fc.infiniteStream(fc.boolean()), fc.infiniteStream(fc.nat()), (reports, cuts, seeds) => {
        const together = climb('QUEUED', reports).at(-1) ?? 'QUEUED';
        const shuffled = [...reports, ...reports]
          .map((report) => ({ report, seed: seeds.next().value as number }))
          .sort((a, b) => a.seed - b.seed)
          .map(({ report }) => report);
        const batches: ReportableStatus[][] = [[]];
        for (const report of shuffled) {
          if (cuts.next().value) batches.push([]);
          batches.at(-1)?.push(report);
        }
        expect(shown(batches).at(-1)).toBe(together);
      }),
    );
  });

  it('never goes down, but for a failure that something better replaces', () => {
    fc.assert(
      fc.property(fc.array(someReports, { maxLength: 6 }), (batches) => {
        const steps = shown(batches);
        for (const [index, status] of steps.entries()) {
          const before = steps[index - 1];
          if (before === undefined) continue;
          expect(status).not.toBe(before);
          if (before === 'FAILED') expect(rank(status)).toBeGreaterThanOrEqual(rank('DELIVERED'));
          else if (status === 'FAILED') expect(rank(before)).toBeLessThan(rank('DELIVERED'));
          else expect(rank(status)).toBeGreaterThan(rank(before));
        }
      }),
    );
  });

  it('tells each advance of one batch in the order of the ladder', () => {
    expect(climb('QUEUED', ['READ', 'SENT', 'ACCEPTED', 'DELIVERED', 'SENT'])).toEqual(['ACCEPTED', 'SENT', 'DELIVERED', 'READ']);
  });

  it('does not tell what a later status merely implies', () => {
    expect(climb('ACCEPTED', ['READ'])).toEqual(['READ']);
    expect(climb('READ', ['SENT', 'DELIVERED'])).toEqual([]);
  });

  it('shows a failure after sending, and replaces it when the message arrives after all', () => {
    expect(climb('SENT', ['FAILED'])).toEqual(['FAILED']);
    expect(climb('FAILED', ['SENT'])).toEqual([]);
    expect(climb('FAILED', ['DELIVERED'])).toEqual(['DELIVERED']);
    expect(climb('DELIVERED', ['FAILED'])).toEqual([]);
    expect(climb('ACCEPTED', ['FAILED', 'SENT', 'DELIVERED'])).toEqual(['SENT', 'DELIVERED']);
    expect(climb('ACCEPTED', ['FAILED', 'SENT'])).toEqual(['SENT', 'FAILED']);
  });

  it('never changes a received message, and believes WhatsApp about a cancelled one', () => {
    expect(climb('RECEIVED', ['READ'])).toEqual([]);
    expect(climb('CANCELLED', ['SENT'])).toEqual(['SENT']);
  });
});
