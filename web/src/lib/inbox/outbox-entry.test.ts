import { describe, expect, it } from 'vitest';
import { contentInput, type OutboxContent } from './outbox-content.ts';
import { claimedBy, nextOf, readEntries, type OutboxEntry } from './outbox-entry.ts';
import { shownEntry } from './shown-entry.ts';

const text = (words: string): OutboxContent => ({ kind: 'TEXT', text: words });
const photo = (mediaId: string | null): OutboxContent => ({
  kind: 'MEDIA',
  mediaId,
  caption: 'The sofa',
  file: {
    mediaKind: 'IMAGE',
    name: 'sofa.jpg',
    size: 9,
    mimeType: 'image/jpeg',
    isVoice: false,
    durationMs: null,
    width: 4,
    height: 3,
  },
});

const entry = (key: string, more: Partial<OutboxEntry> = {}): OutboxEntry => ({
  key,
  conversationId: 'c',
  content: text('Hello'),
  later: null,
  replyTo: null,
  lastSeen: 'cursor',
  seenFromOthers: null,
  at: '2026-01-01T10:00:00.000Z',
  phase: 'sending',
  code: null,
  attempts: 3,
  messageId: null,
  ...more,
});
const reloaded = (entries: OutboxEntry[]) => readEntries(JSON.parse(JSON.stringify(entries)));

describe('replies on their way', () => {
  it('are sent again after a reload, with the key they had', () => {
    const [read] = reloaded([entry('k')]);
    expect([read?.key, read?.phase, read?.attempts]).toEqual(['k', 'waiting', 0]);
  });

  it('say that their file was lost by a reload, unless it had been uploaded', () => {
    const read = reloaded([entry('a', { content: photo(null), phase: 'uploading' }), entry('b', { content: photo('m') })]);
    expect(read.map(({ phase }) => phase)).toEqual(['lost', 'waiting']);
  });

  it('are read from nothing but what looks like them', () => {
    for (const rubbish of [null, 'x', {}, [1, null, { key: 'k' }, { key: 'k', conversationId: 'c', at: 'x', text: 'y' }]])
      expect(readEntries(rubbish)).toEqual([]);
  });

  it('go in order, past those that somebody has to look at', () => {
    const entries = [
      entry('a', { phase: 'lost' }),
      entry('b', { phase: 'stopped' }),
      entry('c', { phase: 'waiting' }),
      entry('d'),
    ];
    expect(nextOf(entries, 'c')?.key).toBe('c');
    expect(nextOf(entries, 'other')).toBeUndefined();
  });

  it('claim their message once, first written first', () => {
    const entries = [entry('a', { messageId: 'm1' }), entry('b'), entry('c')];
    expect(claimedBy(entries, 'c', { kind: 'TEXT', text: 'Hello' })?.key).toBe('b');
    expect(claimedBy(entries, 'c', { kind: 'TEXT', text: 'Something else' })).toBeUndefined();
    expect(claimedBy([entry('p', { content: photo('m') })], 'c', { kind: 'IMAGE', text: 'The sofa' })?.key).toBe('p');
    expect(claimedBy([entry('p', { content: photo('m') })], 'c', { kind: 'TEXT', text: 'The sofa' })).toBeUndefined();
  });

  it('claim nothing before they were tried, and may when the answer got lost', () => {
    const hello = { kind: 'TEXT', text: 'Hello' } as const;
    expect(claimedBy([entry('w', { phase: 'waiting', attempts: 0 })], 'c', hello)).toBeUndefined();
    expect(claimedBy([entry('w', { phase: 'waiting', attempts: 1 })], 'c', hello)?.key).toBe('w');
  });
});

describe('the content of a reply', () => {
  it('is told to the server by its kind', () => {
    expect(contentInput(text('Hi'))).toEqual({ text: 'Hi' });
    expect(contentInput(photo('m'))).toEqual({ media: { mediaId: 'm', caption: 'The sofa' } });
  });

  it('is shown as the message it will be', () => {
    const shown = shownEntry(entry('k', { content: photo(null) }), 'blob:x');
    expect(shown).toMatchObject({ kind: 'IMAGE', text: 'The sofa', media: { status: 'STORED', url: 'blob:x', width: 4 } });
    expect(shownEntry(entry('k', { content: photo('m') }), null).media?.status).toBe('FETCHING');
    expect(shownEntry(entry('k'), null)).toMatchObject({ kind: 'TEXT', text: 'Hello', media: null });
  });
});
