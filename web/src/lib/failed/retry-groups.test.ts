import { describe, expect, it } from 'vitest';
import { inParts, retryGroups } from './retry-groups.ts';

describe('sending again', () => {
  it('leaves out what would fail again, and keeps apart what may have been sent', () => {
    const messages = [
      { id: 'a', status: 'FAILED', failure: { retryable: true } },
      { id: 'b', status: 'FAILED', failure: { retryable: false } },
      { id: 'c', status: 'UNCONFIRMED', failure: null },
      { id: 'd', status: 'FAILED', failure: null },
      { id: 'e', status: 'QUEUED' },
    ];
    expect(retryGroups(messages)).toEqual({ failed: ['a'], unsure: ['c'] });
  });

  it('asks for no more at once than the server takes', () => {
    expect(inParts([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
    expect(inParts([], 2)).toEqual([]);
  });
});
