import { describe, expect, it } from 'vitest';
import type { MessageStatus } from '#lib/gql/graphql.ts';
import { isAtLeastAsNew, type StatusReading } from './status-ladder.ts';

const reading = (status: MessageStatus, attempt = 1): StatusReading => ({ status, attempt });

function settle(readings: StatusReading[]): MessageStatus {
  return readings.reduce((held, next) => (isAtLeastAsNew(next, held) ? next : held)).status;
}

function orders<T>(items: T[]): T[][] {
  if (items.length < 2) return [items];
  return items.flatMap((item, index) =>
    orders([...items.slice(0, index), ...items.slice(index + 1)]).map((rest) => [item, ...rest]),
  );
}

describe('the status ladder', () => {
  it('ends at READ whatever order the readings of one attempt arrive in', () => {
    const readings = (['QUEUED', 'ACCEPTED', 'SENT', 'DELIVERED', 'READ'] as const).map((status) => reading(status));
    for (const order of orders(readings)) expect(settle(order)).toBe('READ');
  });

  it('shows a failure after SENT, and replaces it when the message was delivered after all', () => {
    expect(settle([reading('SENT'), reading('FAILED')])).toBe('FAILED');
    expect(settle([reading('SENT'), reading('FAILED'), reading('DELIVERED')])).toBe('DELIVERED');
    expect(settle([reading('DELIVERED'), reading('FAILED')])).toBe('DELIVERED');
  });

  it('keeps a failure when an older reading arrives late', () => {
    expect(settle([reading('FAILED'), reading('QUEUED')])).toBe('FAILED');
    expect(settle([reading('FAILED'), reading('SENT')])).toBe('FAILED');
  });

  it('begins anew with a retry', () => {
    expect(settle([reading('FAILED', 1), reading('QUEUED', 2)])).toBe('QUEUED');
    expect(settle([reading('SENT', 2), reading('FAILED', 1)])).toBe('SENT');
  });

  it('lets a later status resolve an uncertain send', () => {
    expect(settle([reading('UNCONFIRMED'), reading('SENT')])).toBe('SENT');
    expect(settle([reading('SENT'), reading('UNCONFIRMED')])).toBe('SENT');
  });
});
