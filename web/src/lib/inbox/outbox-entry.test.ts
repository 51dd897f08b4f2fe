import { describe, expect, it } from 'vitest';
import { claimedBy, readEntries, type OutboxEntry } from './outbox-entry.ts';

const entry = (key: string, more: Partial<OutboxEntry> = {}): OutboxEntry => ({
  key,
  conversationId: 'c',
  text: 'Hello',
  replyTo: null,
  lastSeen: 'cursor',
  seenFromOthers: null,
  at: '2026-01-01T10:00:00.000Z',
  phase: 'sending',
  attempts: 3,
  messageId: null,
  ...more,
});

describe('replies on their way', () => {
  it('are sent again after a reload, with the key they had', () => {
    const [read] = readEntries(JSON.parse(JSON.stringify([entry('k')])));
    expect([read?.key, read?.phase, read?.attempts]).toEqual(['k', 'waiting', 0]);
  });

  it('are read from nothing but what looks like them', () => {
    for (const rubbish of [null, 'x', {}, [1, null, { key: 'k' }]]) expect(readEntries(rubbish)).toEqual([]);
  });

  it('claim their message once, first written first', () => {
    const entries = [entry('a', { messageId: 'm1' }), entry('b'), entry('c')];
    expect(claimedBy(entries, 'c', 'Hello')?.key).toBe('b');
    expect(claimedBy(entries, 'c', 'Something else')).toBeUndefined();
  });

  it('claim nothing before they were tried, and may when the answer got lost', () => {
    expect(claimedBy([entry('w', { phase: 'waiting', attempts: 0 })], 'c', 'Hello')).toBeUndefined();
    expect(claimedBy([entry('w', { phase: 'waiting', attempts: 1 })], 'c', 'Hello')?.key).toBe('w');
  });
});
