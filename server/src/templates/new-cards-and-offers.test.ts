import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CardShop, MORE, OFFER, OPEN, openCardShop, SHOWN } from '../../test/harness/card-shop.ts';

const EDIT = `mutation($input: EditTemplateInput!) { editTemplate(input: $input) { template { ${SHOWN} } userErrors { code field } } }`;

let shop: CardShop;
beforeAll(async () => void (shop = await openCardShop()));
afterAll(() => shop.close());

const card = (at: number, more?: object) => shop.newCard(at, more);
const atMeta = (name: string) =>
  shop.app.simulator.control.templates('9001').find((template) => template.name === name)?.components;

describe('a new carousel', () => {
  it('goes to Meta with an example of every card, and says what each card needs', async () => {
    const shown = {
      headerKind: 'IMAGE',
      body: 'A shoe for {{1}}.',
      buttons: [
        { type: 'URL', text: 'Open' },
        { type: 'QUICK_REPLY', text: 'More' },
      ],
      variables: [
        { place: 'BODY', name: '1', kind: 'TEXT' },
        { place: 'BUTTON', name: '0', kind: 'URL_ENDING' },
      ],
    };
    expect(await shop.approved('shoes', { cards: [card(0), card(1)] })).toMatchObject({
      body: 'New for {{1}} this week.',
      variables: [{ place: 'BODY', name: '1', kind: 'TEXT' }],
      cards: [0, 1].map((at) => ({ ...shown, headerMedia: { id: shop.pictures[at] } })),
      offer: null,
    });
    const header = { type: 'HEADER', format: 'IMAGE', example: { header_handle: [expect.stringMatching(/^4::/)] } };
    expect(atMeta('shoes')?.[1]).toMatchObject({ type: 'CAROUSEL', cards: [0, 1].map(() => ({ components: { 0: header } })) });
  });

  it('may wait as a draft, and be changed', async () => {
    const { template } = await shop.create({ cards: [card(0), card(1)], isDraft: true });
    const films = [0, 1].map((at) => card(at, { headerKind: 'VIDEO', headerMediaId: shop.video }));
    const input = { templateId: template.id, body: { text: 'Films.' }, cards: films };
    const { editTemplate } = await shop.ask(EDIT, { input });
    expect(editTemplate).toMatchObject({
      userErrors: [],
      template: { cards: [{ headerKind: 'VIDEO', headerMedia: { id: shop.video } }, { headerKind: 'VIDEO' }] },
    });
  });

  it.each<[string, () => object, string, string[]]>([
    ['one card', () => ({ cards: [card(0)] }), 'BAD_INPUT', ['cards']],
    ['a card of another kind', () => ({ cards: [card(0), card(1, { buttons: [MORE] })] }), 'BAD_INPUT', ['cards', '1']],
    [
      'a card with a text above it',
      () => ({ cards: [card(0, { headerKind: 'TEXT' }), card(1)] }),
      'BAD_INPUT',
      ['cards', '0', 'headerKind'],
    ],
    ['a long card', () => ({ cards: [card(0), card(1, { body: 'x'.repeat(161) })] }), 'TEXT_TOO_LONG', ['cards', '1', 'body']],
    [
      'a card without its example',
      () => ({ cards: [card(0, { examples: [] }), card(1)] }),
      'BAD_INPUT',
      ['cards', '0', 'examples'],
    ],
    [
      'a button without its text',
      () => ({ cards: [card(0, { buttons: [OPEN, { ...MORE, text: '' }] }), card(1)] }),
      'BAD_INPUT',
      ['cards', '0', 'buttons', '1', 'text'],
    ],
    ['a footer', () => ({ cards: [card(0), card(1)], footer: 'Shop' }), 'BAD_INPUT', ['footer']],
    ['buttons of its own', () => ({ cards: [card(0), card(1)], buttons: [MORE] }), 'BAD_INPUT', ['buttons']],
    [
      'a film that is a picture',
      () => ({ cards: [0, 1].map((at) => card(at, { headerKind: 'VIDEO' })) }),
      'MEDIA_TYPE_NOT_ALLOWED',
      ['cards', '0', 'headerMediaId'],
    ],
    [
      'a file that is nowhere',
      () => ({ cards: [card(0), card(1, { headerMediaId: randomUUID() })] }),
      'NOT_FOUND',
      ['cards', '1', 'headerMediaId'],
    ],
  ])('is refused with %s', async (_what, more, code, field) => {
    expect((await shop.create(more())).userErrors).toMatchObject([{ code, field }]);
  });
});

describe('a new offer', () => {
  it('goes to Meta, and says whether it ends', async () => {
    expect(await shop.approved('sale', OFFER)).toMatchObject({ offer: { text: 'Spring sale', hasExpiration: true }, cards: [] });
    expect(atMeta('sale')).toContainEqual({
      type: 'LIMITED_TIME_OFFER',
      limited_time_offer: { text: 'Spring sale', has_expiration: true },
    });
  });

  it.each<[string, object, string, string[]]>([
    ['a long text', { offer: { text: 'x'.repeat(17) } }, 'TEXT_TOO_LONG', ['offer', 'text']],
    ['a footer', { footer: 'Shop' }, 'BAD_INPUT', ['footer']],
    ['a line above it', { header: { kind: 'TEXT', text: 'Now' } }, 'BAD_INPUT', ['header', 'kind']],
    ['no code', { buttons: [OPEN] }, 'BAD_INPUT', ['buttons']],
    ['another purpose', { category: 'UTILITY' }, 'BAD_INPUT', ['offer']],
    ['a long body', { body: { text: 'x'.repeat(601) } }, 'TEXT_TOO_LONG', ['body', 'text']],
  ])('is refused with %s', async (_what, more, code, field) => {
    expect((await shop.create({ ...OFFER, ...more })).userErrors).toMatchObject([{ code, field }]);
  });
});
