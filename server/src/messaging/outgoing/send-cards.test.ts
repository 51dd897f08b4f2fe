import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CardShop, OFFER, openCardShop } from '../../../test/harness/card-shop.ts';
import { until } from '../../../test/harness/client.ts';
import { inTenant } from '../../../test/harness/many-conversations.ts';
import { hurryJobs } from '../../../test/harness/media.ts';

type Anything = Record<string, any>; // oxlint-disable-line typescript/no-explicit-any

const SENT_CARDS = 'cards { text media { kind url } buttons { type text url } }';
const SENT = `id status text template { name ${SENT_CARDS} offer { text expiresAt } buttons { type code } }`;
const SEND = `mutation($input: SendMessageInput!) { sendMessage(input: $input) { message { id } userErrors { code message field } } }`;
const MESSAGE = `query($id: ID!) { message(id: $id) { ${SENT} } }`;
const RESCHEDULE = 'mutation($input: RescheduleMessageInput!) { rescheduleMessage(input: $input) { userErrors { code } } }';

interface Card {
  body: { name: string; value: string }[];
  buttons: { index: number; value: string }[];
}

let shop: CardShop;
beforeAll(async () => void (shop = await openCardShop()));
afterAll(() => shop.close());

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
const shoes = () => shop.approved('shoes', { cards: [shop.newCard(0), shop.newCard(1)] });
const sale = async () => ({
  templateId: (await shop.approved('sale', OFFER)).id,
  body: [{ name: '1', value: 'Ada' }],
  buttons: [
    { index: 0, value: 'ADA25' },
    { index: 1, value: '1' },
  ],
});
const send = async (template: object, more: object = {}) => {
  const { whatsappNumberId } = shop;
  const input = { to: '+966509990001', whatsappNumberId, template, idempotencyKey: randomUUID(), ...more };
  return (await shop.ask(SEND, { input })).sendMessage;
};
const delivered = (id: string) =>
  until(async () => {
    const { message } = await shop.ask(MESSAGE, { id });
    return /DELIVERED|READ/.test(message?.status) ? message : null;
  }, 15_000);
const requestOf = (id: string) =>
  shop.app.simulator.control.accepted.filter(({ opaque }) => opaque === id).map(({ body }) => body);

describe('a carousel', () => {
  it('is sent with the file and the values of every card, and shown as the customer sees it', async () => {
    const { id } = await shoes();
    const cards = [
      {
        body: [{ name: '1', value: 'Ada' }],
        buttons: [
          { index: 0, value: 'red' },
          { index: 1, value: 'MORE-RED' },
        ],
      },
      { body: [{ name: '1', value: 'you' }], buttons: [{ index: 0, value: 'blue' }], headerMediaId: await shop.picture() },
    ];
    const { message, userErrors } = await send({ templateId: id, body: [{ name: '1', value: 'Ada' }], cards });
    expect(userErrors).toEqual([]);
    const shown = await delivered(message.id);
    const seen = (text: string, url: string) => ({
      text,
      media: { kind: 'IMAGE', url: expect.stringContaining('/media/') },
      buttons: [
        { type: 'URL', text: 'Open', url },
        { type: 'QUICK_REPLY', text: 'More', url: null },
      ],
    });
    expect(shown).toMatchObject({
      text: 'New for Ada this week.',
      template: {
        cards: [seen('A shoe for Ada.', 'https://shop.example/red'), seen('A shoe for you.', 'https://shop.example/blue')],
        offer: null,
      },
    });
    const header = { type: 'header', parameters: [{ type: 'image', image: { id: expect.stringMatching(/./) } }] };
    const body = (text: string) => ({ type: 'body', parameters: [{ type: 'text', text }] });
    const open = (text: string) => ({ type: 'button', index: '0', sub_type: 'url', parameters: [{ type: 'text', text }] });
    const more = { type: 'button', index: '1', sub_type: 'quick_reply', parameters: [{ type: 'payload', payload: 'MORE-RED' }] };
    const components = [
      body('Ada'),
      {
        type: 'carousel',
        cards: [
          { card_index: 0, components: [header, body('Ada'), open('red'), more] },
          { card_index: 1, components: [header, body('you'), open('blue')] },
        ],
      },
    ];
    expect(requestOf(message.id)).toMatchObject([{ template: { name: 'shoes', components } }]);
    expect((requestOf(message.id)[0] as Anything).template.components).toHaveLength(2);
  });

  it('goes out once, when WhatsApp has the file of every card, also at its time', async () => {
    const { id } = await shoes();
    shop.app.simulator.control.fault({ kind: 'http', status: 503 }, { next: 2, on: 'media' });
    const files = [await shop.picture(), await shop.picture()];
    const cards = files.map((headerMediaId, at) => ({
      body: [{ name: '1', value: 'Ada' }],
      buttons: [{ index: 0, value: `${at}` }],
      headerMediaId,
    }));
    const scheduledAt = new Date(Date.now() + 2_000).toISOString();
    const template = { templateId: id, body: [{ name: '1', value: 'Ada' }], cards };
    const { message, userErrors } = await send(template, { scheduledAt, timeZone: 'Asia/Riyadh' });
    expect(userErrors).toEqual([]);
    await until(async () => {
      await hurryJobs(shop.app);
      return /DELIVERED|READ/.test((await shop.ask(MESSAGE, { id: message.id })).message.status);
    }, 20_000);
    expect(requestOf(message.id)).toHaveLength(1);
    const [carousel] = (requestOf(message.id)[0] as Anything).template.components.slice(-1);
    const ids = carousel.cards.map(({ components }: Anything) => components[0].parameters[0].image.id);
    const uploads = await inTenant<{ meta_id: string }>(
      shop.app,
      shop.app.tenants[0],
      `select meta_id from media_upload where media_id in ('${files.join("','")}') order by array_position(array['${files.join("','")}']::uuid[], media_id)`,
    );
    expect(ids).toEqual(uploads.map((row) => row.meta_id));
  });

  it.each<[string, (given: Card[]) => object, string, string[]]>([
    ['too few cards', (cards) => ({ cards: cards.slice(1) }), 'TEMPLATE_VALUES_WRONG', ['template', 'cards']],
    ['no cards', () => ({}), 'TEMPLATE_VALUES_WRONG', ['template', 'cards', '0', 'body']],
    [
      'a value that is missing',
      ([first]) => ({ cards: [first, { body: [{ name: '1', value: 'you' }] }] }),
      'TEMPLATE_VALUES_WRONG',
      ['template', 'cards', '1', 'buttons'],
    ],
    [
      'a text that is long',
      ([first]) => ({ cards: [first, { ...first, body: [{ name: '1', value: 'x'.repeat(160) }] }] }),
      'TEMPLATE_VALUES_WRONG',
      ['template', 'cards', '1', 'body'],
    ],
    [
      'a film for a picture',
      ([first]) => ({ cards: [first, { ...first, headerMediaId: shop.video }] }),
      'TEMPLATE_VALUES_WRONG',
      ['template', 'cards', '1', 'headerMediaId'],
    ],
    [
      'a file that is nowhere',
      ([first]) => ({ cards: [{ ...first, headerMediaId: randomUUID() }, first] }),
      'NOT_FOUND',
      ['template', 'cards', '0', 'headerMediaId'],
    ],
    [
      'an offer it has not',
      (cards) => ({ cards, offerExpiresAt: inDays(1) }),
      'TEMPLATE_VALUES_WRONG',
      ['template', 'offerExpiresAt'],
    ],
  ])('is not sent with %s', async (_what, more, code, field) => {
    const { id } = await shoes();
    const card: Card = { body: [{ name: '1', value: 'Ada' }], buttons: [{ index: 0, value: 'red' }] };
    const sent = await send({ templateId: id, body: [{ name: '1', value: 'Ada' }], ...more([card, card]) });
    expect(sent.userErrors).toMatchObject([{ code, field }]);
  });
});

describe('an offer', () => {
  it('is sent with its code and its end, and shown with them', async () => {
    const offerExpiresAt = inDays(2);
    const { message, userErrors } = await send({ ...(await sale()), offerExpiresAt });
    expect(userErrors).toEqual([]);
    expect(await delivered(message.id)).toMatchObject({
      text: 'New for Ada this week.',
      template: {
        offer: { text: 'Spring sale', expiresAt: offerExpiresAt },
        buttons: [{ type: 'COPY_CODE', code: 'ADA25' }, {}],
      },
    });
    const end = { type: 'limited_time_offer', limited_time_offer: { expiration_time_ms: Date.parse(offerExpiresAt) } };
    const components = [
      { type: 'limited_time_offer', parameters: [end] },
      { type: 'body', parameters: [{ type: 'text', text: 'Ada' }] },
      { type: 'button', index: '0', sub_type: 'copy_code', parameters: [{ type: 'coupon_code', coupon_code: 'ADA25' }] },
      { type: 'button', index: '1', sub_type: 'url', parameters: [{ type: 'text', text: '1' }] },
    ];
    expect(requestOf(message.id)).toMatchObject([{ template: { components } }]);
  });

  it('is not sent without its end, nor to go out after it', async () => {
    const values = await sale();
    const field = ['template', 'offerExpiresAt'];
    const refused = [{ code: 'TEMPLATE_VALUES_WRONG', field }];
    expect((await send(values)).userErrors).toMatchObject(refused);
    expect((await send({ ...values, offerExpiresAt: inDays(-1) })).userErrors).toMatchObject(refused);
    const later = { scheduledAt: inDays(3), timeZone: 'Asia/Riyadh' };
    expect((await send({ ...values, offerExpiresAt: inDays(2) }, later)).userErrors).toMatchObject(refused);
  });

  it('that waits is not put off until it has ended', async () => {
    const { message } = await send(
      { ...(await sale()), offerExpiresAt: inDays(2) },
      { scheduledAt: inDays(1), timeZone: 'Asia/Riyadh' },
    );
    const input = { messageId: message.id, scheduledAt: inDays(3), timeZone: 'Asia/Riyadh' };
    const moved = await shop.ask(RESCHEDULE, { input });
    expect(moved.rescheduleMessage.userErrors).toMatchObject([{ code: 'BAD_TIME' }]);
  });
});
