import { describe, expect, it } from 'vitest';
import type { MessageStatus, RetryableFragment } from '../gql/graphql.ts';
import { inParts, retryGroups } from './retry-groups.ts';

const message = (id: string, status: MessageStatus, more: Partial<RetryableFragment> = {}): RetryableFragment => ({
  id,
  status,
  kind: 'TEXT',
  failure: null,
  template: null,
  conversation: { id: '1', window: { isOpen: false } },
  ...more,
});

describe('sending again', () => {
  it('leaves out what would fail again, and keeps apart what may have been sent', () => {
    expect(
      retryGroups([
        message('a', 'FAILED', { failure: { retryable: true } }),
        message('b', 'FAILED', { failure: { retryable: false } }),
        message('c', 'UNCONFIRMED'),
        message('d', 'FAILED'),
        message('e', 'QUEUED'),
      ]),
    ).toEqual({ failed: ['a'], unsure: ['c'] });
  });

  it('of what WhatsApp gave up takes no code, and a text only while the window is open', () => {
    const open = { conversation: { id: '1', window: { isOpen: true } } };
    expect(
      retryGroups([
        message('a', 'EXPIRED'),
        message('b', 'EXPIRED', open),
        message('c', 'EXPIRED', { kind: 'TEMPLATE', template: { category: 'UTILITY' } }),
        message('d', 'EXPIRED', { ...open, kind: 'TEMPLATE', template: { category: 'AUTHENTICATION' } }),
      ]),
    ).toEqual({ failed: ['b', 'c'], unsure: [] });
  });

  it('asks for no more at once than the server takes', () => {
    expect(inParts([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
    expect(inParts([], 2)).toEqual([]);
  });
});
