import { describe, expect, it } from 'vitest';
import type { MessageKind } from '#lib/gql/graphql.ts';
import { summaryOf, type Summarised } from './summary.ts';

const line = (kind: MessageKind, more: Partial<Summarised> = {}) => {
  const { icon, label, text, ...rest } = summaryOf({ kind, text: null, ...more });
  return [icon, label, text, ...Object.values(rest)];
};

describe('one line about a message', () => {
  it('is its words alone where it is words, without their marks', () => {
    expect(line('TEXT', { text: '*Hello* there' })).toEqual([null, null, 'Hello there']);
    expect(line('TEMPLATE', { text: 'Hello Maha' })).toEqual(['template', null, 'Hello Maha']);
    expect(line('INTERACTIVE', { text: 'Yes', reply: { type: 'BUTTON' } })).toEqual(['tapped', null, 'Yes']);
  });

  it('names its kind, with the caption after it', () => {
    expect(line('IMAGE', { text: 'Is this the 3-seater?' })).toEqual(['photo', 'summary.photo', 'Is this the 3-seater?']);
    expect(line('VIDEO')).toEqual(['video', 'summary.video', null]);
    expect(line('STICKER', { text: 'never shown' })).toEqual(['sticker', 'summary.sticker', null]);
    expect(line('UNSUPPORTED')).toEqual(['unknown', 'summary.unsupported', null]);
  });

  it('says how long a voice message is', () => {
    expect(line('AUDIO', { media: { id: 'm', isVoice: true, durationMs: 12_000 } })).toEqual([
      'voice',
      'summary.voice',
      null,
      12_000,
    ]);
    expect(line('AUDIO', { media: { id: 'm', isVoice: false } })).toEqual(['sound', 'summary.sound', null]);
  });

  it('names the place, the people, and how much was ordered', () => {
    expect(line('LOCATION', { location: { name: 'Kingdom Tower' } })).toEqual(['place', 'summary.place', 'Kingdom Tower']);
    expect(line('CONTACTS', { contactCards: [{ formattedName: 'Ada' }, { formattedName: 'Bob' }] })).toEqual([
      'person',
      'summary.people',
      'Ada, Bob',
      2,
    ]);
    expect(line('ORDER', { order: { items: [{ quantity: 2 }, { quantity: 3 }] } })).toEqual(['order', 'summary.order', null, 5]);
  });

  it('says that it was taken back, and nothing of what it was', () => {
    expect(line('IMAGE', { text: 'secret', revokedAt: '2026-11-24T10:00:00Z' })).toEqual(['gone', 'summary.gone', null]);
  });

  it('says what WhatsApp says of the customer', () => {
    expect(line('SYSTEM', { system: { type: 'NUMBER_CHANGED' }, text: 'A changed …' })).toEqual([
      'note',
      'summary.NUMBER_CHANGED',
      null,
    ]);
    expect(line('SYSTEM', { system: { type: 'OTHER' }, text: 'Security code changed' })).toEqual([
      'note',
      null,
      'Security code changed',
    ]);
  });
});
