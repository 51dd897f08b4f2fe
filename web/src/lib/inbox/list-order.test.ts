import { describe, expect, it } from 'vitest';
import { belongsIn, placeRow, withPage, type Listed } from './list-order.ts';

const row = (id: string, minute: number, more: Partial<Listed> = {}): Listed => ({
  id,
  status: 'OPEN',
  lastActivityAt: new Date(Date.UTC(2026, 0, 1, 10, minute)).toISOString(),
  assignee: null,
  ...more,
});
const ids = (rows: readonly Listed[]) => rows.map(({ id }) => id).join('');

describe('the conversation list', () => {
  it('moves a conversation up when something happens in it', () => {
    const rows = [row('c', 3), row('b', 2), row('a', 1)];
    expect(ids(placeRow(rows, row('a', 4), true, false))).toBe('acb');
  });

  it('takes in a conversation it did not know', () => {
    expect(ids(placeRow([row('c', 3), row('a', 1)], row('b', 2), true, false))).toBe('cba');
  });

  it('drops one that no longer belongs', () => {
    expect(ids(placeRow([row('b', 2), row('a', 1)], row('b', 3), false, false))).toBe('a');
  });

  it('leaves what sorts behind the last loaded row to its page', () => {
    expect(ids(placeRow([row('c', 3), row('b', 2)], row('a', 1), true, true))).toBe('cb');
    expect(ids(placeRow([row('c', 3), row('b', 2)], row('a', 1), true, false))).toBe('cba');
  });

  it('never shows a row twice when a page overlaps', () => {
    expect(ids(withPage([row('c', 3), row('b', 2)], [row('b', 2), row('a', 1)]))).toBe('cba');
  });

  it('keeps the newest tick of the same last message', () => {
    const read = row('a', 1, { lastMessage: { id: 'm', status: 'READ', attempt: 1 } });
    const late = row('a', 1, { lastMessage: { id: 'm', status: 'SENT', attempt: 1 } });
    expect(placeRow([read], late, true, false)[0]?.lastMessage?.status).toBe('READ');
  });
});

describe('the views', () => {
  const mine = row('a', 1, { assignee: { id: 'me' } });
  const hers = row('b', 1, { assignee: { id: 'her' } });
  const nobodys = row('c', 1);
  const done = row('d', 1, { status: 'RESOLVED', assignee: { id: 'me' } });

  it('divide the conversations by who has them and whether they are resolved', () => {
    const inView = (view: Parameters<typeof belongsIn>[0]) =>
      ids([mine, hers, nobodys, done].filter((one) => belongsIn(view, one, 'me')));
    expect([inView('mine'), inView('unassigned'), inView('open'), inView('resolved')]).toEqual(['a', 'c', 'abc', 'd']);
  });

  it('show nobody’s conversations as mine to a program without a member', () => {
    expect(belongsIn('mine', nobodys, undefined)).toBe(false);
  });
});
