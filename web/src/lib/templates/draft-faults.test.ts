import { describe, expect, it } from 'vitest';
import {
  contentOf,
  emptyCard,
  emptyDraft,
  nextVariable,
  parameterFormatOf,
  variablesOf,
  type Draft,
  type DraftCard,
} from './draft.ts';
import { draftFaults } from './draft-faults.ts';

const draft = (change: Partial<Draft> = {}): Draft => ({
  ...emptyDraft(),
  name: 'order_shipped',
  body: 'Hello {{1}}, your order is on its way.',
  examples: { 'BODY 1': 'Maha' },
  ...change,
});
const button = { type: 'QUICK_REPLY', text: 'Yes', url: '', phone: '', example: '' } as const;
const faults = (change: Partial<Draft>) => [...draftFaults(draft(change), true)];

const card = (change: Partial<DraftCard> = {}): DraftCard => ({
  ...emptyCard(),
  mediaId: 'a',
  body: 'Only {{1}} left',
  buttons: [{ ...button, text: 'More' }],
  examples: { 'BODY 1': '3' },
  ...change,
});
const cards = (...all: DraftCard[]): Partial<Draft> => ({
  shape: 'CARDS',
  headerKind: 'IMAGE',
  footer: 'x'.repeat(61),
  cards: all,
});
const copy = { ...button, type: 'COPY_CODE', example: '25OFF' } as const;
const offer = (change: Partial<Draft> = {}): Partial<Draft> => ({
  category: 'MARKETING',
  shape: 'OFFER',
  offerText: 'Spring sale',
  buttons: [copy],
  ...change,
});

describe('cards and offers that are being written', () => {
  it('are without fault when Meta would take them', () => {
    expect(faults(cards(card(), card()))).toEqual([]);
    expect(faults(offer())).toEqual([]);
    expect(faults(offer({ category: 'UTILITY', offerText: '', buttons: [] }))).toEqual([]);
  });

  it.each<[Partial<Draft>, string, string]>([
    [cards(card()), 'cards', 'cards'],
    [cards(card(), card({ mediaId: null })), 'card 1 file', 'file'],
    [cards(card({ body: 'x'.repeat(161) }), card()), 'card 0 body', 'long'],
    [cards(card({ examples: {} }), card()), 'card 0 BODY 1', 'example'],
    [cards(card(), card({ buttons: [button, button] })), 'card 1 button 1', 'same'],
    [offer({ offerText: 'x'.repeat(17) }), 'offer', 'long'],
    [offer({ offerText: 'Only {{1}}' }), 'offer', 'offerVariable'],
    [offer({ body: 'x'.repeat(601) }), 'body', 'long'],
    [offer({ buttons: [button] }), 'buttons', 'offerButtons'],
  ])('%j are refused at %s', (change, place, fault) => {
    expect(faults(change)).toContainEqual([place, fault]);
  });

  it('give the server their own parts and no others', () => {
    const body = { text: 'Hello {{1}}, your order is on its way.', examples: [{ name: '1', value: 'Maha' }] };
    const buttons = [{ type: 'QUICK_REPLY', text: 'More' }];
    const given = {
      headerKind: 'IMAGE',
      headerMediaId: 'a',
      body: 'Only {{1}} left',
      examples: [{ name: '1', value: '3' }],
      buttons,
    };
    expect(contentOf(draft(cards(card(), card())))).toEqual({ body, cards: [given, given] });
    expect(contentOf(draft(offer({ footer: 'Shop' })))).toEqual({
      body,
      offer: { text: 'Spring sale', hasExpiration: true },
      buttons: [{ type: 'COPY_CODE', example: '25OFF' }],
    });
  });
});

describe('a template that is being written', () => {
  it('is without fault when Meta would take it', () => {
    expect(faults({})).toEqual([]);
    expect(faults({ category: 'AUTHENTICATION', body: '' })).toEqual([]);
  });

  it.each<[Partial<Draft>, string, string]>([
    [{ name: 'Order shipped' }, 'name', 'name'],
    [{ name: '' }, 'name', 'needed'],
    [{ body: '{{1}} is here' }, 'body', 'edges'],
    [{ body: 'Hi {{2}} there', examples: { 'BODY 2': 'x' } }, 'body', 'gaps'],
    [{ body: 'Hi {{1} there' }, 'body', 'braces'],
    [{ body: 'x'.repeat(1025) }, 'body', 'long'],
    [{ examples: {} }, 'BODY 1', 'example'],
    [{ headerKind: 'TEXT', headerText: 'Now *bold*' }, 'header', 'headerPlain'],
    [{ headerKind: 'IMAGE' }, 'header', 'file'],
    [{ footer: 'Bye {{1}}' }, 'footer', 'footer'],
    [{ buttons: [button, button] }, 'button 1', 'same'],
    [{ buttons: [{ ...button, type: 'URL', url: 'shop.example' }] }, 'button 0', 'url'],
    [{ buttons: [{ ...button, type: 'URL', url: 'https://shop.example/{{1}}' }] }, 'button 0', 'example'],
    [{ buttons: [{ ...button, type: 'PHONE_NUMBER', phone: 'call me' }] }, 'button 0', 'phone'],
  ])('%j is refused at %s', (change, place, fault) => {
    expect(faults(change)).toContainEqual([place, fault]);
  });

  it('counts its variables and calls the next one', () => {
    expect(variablesOf('a {{1}} b {{ 2 }} c {{1}}')).toEqual(['1', '2']);
    expect(nextVariable('a {{1}} b {{3}}')).toBe('{{4}}');
    expect(nextVariable('')).toBe('{{1}}');
    expect(parameterFormatOf(draft({ body: 'Hi {{first_name}}!' }))).toBe('NAMED');
  });

  it('gives the server what it holds and nothing of what it does not', () => {
    const content = contentOf(draft({ buttons: [{ ...button, type: 'URL', url: 'https://a.example', text: 'Open' }] }));
    expect(content).toEqual({
      body: { text: 'Hello {{1}}, your order is on its way.', examples: [{ name: '1', value: 'Maha' }] },
      buttons: [{ type: 'URL', text: 'Open', url: 'https://a.example' }],
    });
  });
});
