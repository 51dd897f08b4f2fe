import { describe, expect, it } from 'vitest';
import { offerOf } from './offer-of.ts';
import type { ChatMessage } from './simulator-api.ts';

const message = (type: string, content: unknown, text = ''): ChatMessage => ({
  id: 'wamid.1',
  from: 'business',
  type,
  text,
  at: '2026-11-25T10:00:00Z',
  content,
});

describe('what a message of the business offers to tap on', () => {
  it('counts the rows of a list through its sections', () => {
    const sections = [
      { title: 'A', rows: [{ title: 'one' }, { title: 'two' }] },
      { rows: [{ title: 'three', description: 'd' }] },
    ];
    const offer = offerOf(
      message('interactive', { type: 'list', body: { text: 'Choose' }, action: { button: 'Open', sections } }),
    );
    expect(offer?.list?.title).toBe('Open');
    expect(offer?.list?.sections.flatMap(({ rows }) => rows.map((row) => [row.index, row.text]))).toEqual([
      [0, 'one'],
      [1, 'two'],
      [2, 'three'],
    ]);
  });

  it('answers quick replies of a template, and leaves its links alone', () => {
    const buttons = [
      { type: 'QUICK_REPLY', text: 'Yes' },
      { type: 'URL', text: 'Track' },
    ];
    const offer = offerOf(message('template', { header: { text: 'Order' }, body: 'It is here', footer: 'Bye', buttons }));
    expect(offer).toMatchObject({ header: 'Order', body: 'It is here', footer: 'Bye' });
    expect(offer?.buttons.map(({ isAnswered }) => isAnswered)).toEqual([true, false]);
  });

  it('is nothing for a text, and survives content of any shape', () => {
    expect(offerOf(message('text', { body: 'Hi' }, 'Hi'))).toBeNull();
    expect(offerOf(message('interactive', null))).toBeNull();
    expect(offerOf(message('template', 'nonsense', 'Body'))?.body).toBe('Body');
  });

  it('shows the cards of a carousel with their pictures, and an offer with its end and its code', () => {
    const header = { type: 'IMAGE', media: { id: '8201' } };
    const more = { type: 'QUICK_REPLY', text: 'More' };
    const carousel = offerOf(message('template', { body: 'See', cards: [{ header, body: 'A shoe', buttons: [more] }] }));
    expect(carousel?.cards).toEqual([
      { file: { id: '8201', kind: 'IMAGE' }, body: 'A shoe', buttons: [{ index: 0, text: 'More', isAnswered: true }] },
    ]);
    const buttons = [{ type: 'COPY_CODE', text: 'Copy code', code: '25OFF' }];
    const sale = offerOf(message('template', { body: 'Now', offer: { text: 'Sale', expiresAt: 1_790_000_000_000 }, buttons }));
    expect(sale?.limited).toEqual({ text: 'Sale', expiresAt: 1_790_000_000_000, code: '25OFF' });
  });
});
