import { describe, expect, it } from 'vitest';
import type { TemplateDefinition } from './template-calls.ts';
import type { TemplateButton, TemplateCard, TemplateComponent } from './template-components.ts';
import { templateFaults } from './template-faults.ts';

const BODY: TemplateComponent = { type: 'BODY', text: 'New in this week.' };
const faults = (change: Partial<TemplateDefinition>) =>
  templateFaults({ name: 'news', language: 'en', category: 'MARKETING', components: [BODY], ...change }).map(
    ({ path, code }) => `${path.join('.')}${code === 'BAD_INPUT' ? '' : ` ${code}`}`,
  );

const MORE: TemplateButton = { type: 'QUICK_REPLY', text: 'More' };
const OPEN: TemplateButton = { type: 'URL', text: 'Open', url: 'https://x.example/{{1}}', example: ['https://x.example/1'] };
interface Of {
  format?: 'IMAGE' | 'VIDEO' | 'TEXT';
  handle?: string;
  text?: string;
  buttons?: TemplateButton[];
}
const card = ({ format = 'IMAGE', handle = '4::a', text = 'A shoe', buttons = [MORE] }: Of = {}): TemplateCard => ({
  components: [
    { type: 'HEADER', format, example: { header_handle: handle ? [handle] : [] } },
    { type: 'BODY', text },
    ...(buttons.length ? [{ type: 'BUTTONS' as const, buttons }] : []),
  ],
});
const carousel = (...cards: TemplateCard[]) => faults({ components: [BODY, { type: 'CAROUSEL', cards }] });

describe('a carousel that is to be made', () => {
  it('has 2 to 10 cards, each with a file, a text and one or two buttons', () => {
    expect(carousel(card(), card())).toEqual([]);
    const full = card({ format: 'VIDEO', text: 'x'.repeat(160), buttons: [MORE, OPEN] });
    expect(carousel(...Array.from({ length: 10 }, () => full))).toEqual([]);
    expect(carousel(card())).toEqual(['components.1.cards']);
    expect(carousel(...Array.from({ length: 11 }, () => card()))).toEqual(['components.1.cards']);
    expect(carousel(card(), card({ handle: '' }))).toEqual(['components.1.cards.1.header.example']);
    expect(carousel(card({ text: 'x'.repeat(161) }), card())).toEqual(['components.1.cards.0.body.text TEXT_TOO_LONG']);
    expect(carousel(card({ text: '' }), card())).toEqual(['components.1.cards.0.body.text']);
    expect(carousel(card({ text: 'For {{1}} only' }), card())).toEqual(['components.1.cards.0.body.example']);
    expect(carousel(card({ format: 'TEXT' }), card({ format: 'TEXT' }))).toEqual([
      'components.1.cards.0.header.format',
      'components.1.cards.1.header.format',
    ]);
    expect(carousel(card({ buttons: [] }), card({ buttons: [] }))).toEqual([
      'components.1.cards.0.buttons',
      'components.1.cards.1.buttons',
    ]);
  });

  it('has buttons that answer, open a page or call, each as good as any other', () => {
    const copy: TemplateButton = { type: 'COPY_CODE', example: '25OFF' };
    expect(carousel(card({ buttons: [copy] }), card({ buttons: [copy] }))).toEqual([
      'components.1.cards.0.buttons.0.type',
      'components.1.cards.1.buttons.0.type',
    ]);
    const long = { ...MORE, text: 'x'.repeat(26) };
    expect(carousel(card(), card({ buttons: [long] }))).toEqual(['components.1.cards.1.buttons.0.text TEXT_TOO_LONG']);
    const three = [MORE, { ...MORE, text: 'Less' }, OPEN];
    expect(carousel(card({ buttons: three }), card({ buttons: three }))).toEqual([
      'components.1.cards.0.buttons',
      'components.1.cards.1.buttons',
    ]);
  });

  it('has cards of one shape', () => {
    expect(carousel(card(), card({ format: 'VIDEO' }))).toEqual(['components.1.cards.1']);
    expect(carousel(card(), card(), card({ buttons: [OPEN] }))).toEqual(['components.1.cards.2']);
    expect(carousel(card({ buttons: [MORE, OPEN] }), card({ buttons: [OPEN, MORE] }))).toEqual(['components.1.cards.1']);
  });

  it('has its text alone beside the cards', () => {
    const footer: TemplateComponent = { type: 'FOOTER', text: 'Shop' };
    const cards: TemplateComponent = { type: 'CAROUSEL', cards: [card(), card()] };
    expect(faults({ components: [BODY, footer, cards] })).toEqual(['components.1']);
    expect(faults({ components: [BODY, { type: 'BUTTONS', buttons: [MORE] }, cards] })).toEqual(['components.1']);
  });
});

const COPY: TemplateButton = { type: 'COPY_CODE', example: '25OFF' };
const offer = (text = 'Spring sale'): TemplateComponent => ({
  type: 'LIMITED_TIME_OFFER',
  limited_time_offer: { text, has_expiration: true },
});
const withOffer = (...parts: TemplateComponent[]) => faults({ components: [offer(), BODY, ...parts] });
const buttons = (...all: TemplateButton[]): TemplateComponent => ({ type: 'BUTTONS', buttons: all });

describe('an offer that is to be made', () => {
  it('has a short text and a button that copies its code, perhaps one that opens a page', () => {
    expect(withOffer(buttons(COPY))).toEqual([]);
    expect(withOffer(buttons(COPY, OPEN))).toEqual([]);
    expect(withOffer()).toEqual(['buttons']);
    expect(withOffer(buttons(OPEN))).toEqual(['buttons']);
    expect(withOffer(buttons(COPY, MORE))).toEqual(['buttons']);
    expect(withOffer(buttons(COPY, OPEN, { ...OPEN, text: 'Too' }))).toEqual(['buttons']);
    const of = (text: string) => faults({ components: [offer(text), BODY, buttons(COPY)] });
    expect(of('😀'.repeat(16))).toEqual([]);
    expect(of('x'.repeat(17))).toEqual(['components.0.text TEXT_TOO_LONG']);
    expect(of('')).toEqual(['components.0.text']);
    expect(of('Now {{1}} off')).toEqual(['components.0.text']);
  });

  it('is marketing, with a picture or video above it, a shorter text, and nothing below', () => {
    expect(faults({ category: 'UTILITY', components: [offer(), BODY, buttons(COPY)] })).toEqual(['components.0']);
    expect(withOffer(buttons(COPY), { type: 'FOOTER', text: 'Shop' })).toEqual(['components.3']);
    expect(withOffer(buttons(COPY), { type: 'HEADER', format: 'TEXT', text: 'Now' })).toEqual(['components.3.format']);
    expect(withOffer(buttons(COPY), { type: 'HEADER', format: 'VIDEO', example: { header_handle: ['4::a'] } })).toEqual([]);
    const long = (length: number) => faults({ components: [offer(), { type: 'BODY', text: 'x'.repeat(length) }, buttons(COPY)] });
    expect(long(600)).toEqual([]);
    expect(long(601)).toEqual(['components.1.text TEXT_TOO_LONG']);
  });
});
