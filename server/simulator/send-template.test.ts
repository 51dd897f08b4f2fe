import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ErrorResponse, SendResponse } from '../src/whatsapp/wire.ts';
import type { Simulator } from './simulator.ts';
import type { SimulatedTemplate } from './templates.ts';
import { type Business, ada, post, startBoth, text } from './test-business.ts';

const wabaId = '9001';
const body = { type: 'BODY', text: 'Hi {{1}}, order {{2}} is ready.' };
const template = (name: string, components: object[], more: object = {}) =>
  ({ wabaId, name, language: 'en_US', category: 'UTILITY', components, ...more }) as SimulatedTemplate;
const templates = [
  template('plain', [body, { type: 'FOOTER', text: 'Thanks' }]),
  template('named', [{ type: 'BODY', text: 'Hi {{first}}, welcome.' }], { parameter_format: 'NAMED' }),
  template('picture', [
    { type: 'HEADER', format: 'IMAGE' },
    { type: 'BODY', text: 'Look.' },
  ]),
  template('place', [
    { type: 'HEADER', format: 'LOCATION' },
    { type: 'BODY', text: 'Here.' },
  ]),
  template('buttons', [
    { type: 'BODY', text: 'Choose.' },
    {
      type: 'BUTTONS',
      buttons: [
        { type: 'QUICK_REPLY', text: 'Stop' },
        { type: 'URL', text: 'Track', url: 'https://x.example/{{1}}' },
        { type: 'COPY_CODE', example: '25OFF' },
      ],
    },
  ]),
  template('code', [{ type: 'BODY' }, { type: 'BUTTONS', buttons: [{ type: 'OTP', otp_type: 'copy_code' }] }], {
    category: 'AUTHENTICATION',
  }),
  template('sale', [{ type: 'BODY', text: 'A sale today.' }], { category: 'MARKETING' }),
  template('cards', [
    { type: 'BODY', text: 'See.' },
    {
      type: 'CAROUSEL',
      cards: Array.from({ length: 2 }, () => ({
        components: [
          { type: 'HEADER', format: 'IMAGE' },
          { type: 'BODY', text: 'Only {{1}} left' },
          { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'More' }] },
        ],
      })),
    },
  ]),
  template(
    'offer',
    [
      { type: 'LIMITED_TIME_OFFER', limited_time_offer: { text: 'Sale', has_expiration: true } },
      { type: 'BODY', text: 'Now.' },
      { type: 'BUTTONS', buttons: [{ type: 'COPY_CODE', example: '25OFF' }] },
    ],
    { category: 'MARKETING' },
  ),
  template('paused', [body], { status: 'PAUSED' }),
  template('disabled', [body], { status: 'DISABLED' }),
  template('pending', [body], { status: 'PENDING' }),
];

let simulator: Simulator;
let business: Business;

beforeAll(async () => {
  ({ simulator, business } = await startBoth({ pairBurst: 1_000, perSecond: 1_000 }, { templates }));
  // It has been judged by then.
  await simulator.control.settle();
  simulator.control.setTemplate({ wabaId: '9001', name: 'pending', language: 'en_US' }, { status: 'PENDING' });
});

afterAll(async () => {
  await simulator.close();
  business.close();
});

const words = (...values: string[]) => values.map((value) => ({ type: 'text', text: value }));
const send = (name: string, components: object[] = [], more: object = {}) =>
  post(simulator, {
    ...text,
    text: undefined,
    type: 'template',
    template: { name, language: { code: 'en_US' }, components },
    ...more,
  });
const bodyOf = (...values: string[]) => ({ type: 'body', parameters: words(...values) });
const picture = { type: 'header', parameters: [{ type: 'image', image: { link: 'https://x.example/a.jpg' } }] };
const button = (sub_type: string, index: number | string, parameter: object) => ({
  type: 'button',
  sub_type,
  index,
  parameters: [parameter],
});
const ends = (expiration_time_ms: number) => ({
  type: 'limited_time_offer',
  parameters: [{ type: 'limited_time_offer', limited_time_offer: { expiration_time_ms } }],
});
const track = button('url', '1', { type: 'text', text: 'A1' });
const saleCode = button('copy_code', 0, { type: 'coupon_code', coupon_code: '25OFF' });
const coupon = button('copy_code', 2, { type: 'coupon_code', coupon_code: '25OFF' });

async function codeOf(response: Promise<Response>): Promise<[number, number?]> {
  const answer = await response;
  return answer.status === 200 ? [200] : [answer.status, ((await answer.json()) as ErrorResponse).error.code];
}

async function statusesOf(response: Promise<Response>) {
  const { messages } = (await (await response).json()) as SendResponse;
  await simulator.control.settle();
  return business.statuses().filter(({ id }) => id === messages[0]?.id);
}

describe('sending a template', () => {
  it('needs no window, says that it was accepted, and shows the values in their places', async () => {
    const response = await send('plain', [bodyOf('Ada', 'A1')]);
    expect(((await response.json()) as SendResponse).messages[0]).toMatchObject({ message_status: 'accepted' });
    expect(simulator.control.accepted.at(-1)).toMatchObject({ type: 'template', text: 'Hi Ada, order A1 is ready.' });
    expect(simulator.control.chat('7001', ada.phone).at(-1)).toMatchObject({
      type: 'template',
      text: 'Hi Ada, order A1 is ready.',
      content: { name: 'plain', body: 'Hi Ada, order A1 is ready.', footer: 'Thanks', buttons: [] },
    });
  });

  it.each<[string, object[]]>([
    ['named', [{ type: 'BODY', parameters: [{ type: 'text', parameter_name: 'first', text: 'Ada' }] }]],
    ['picture', [picture]],
    [
      'place',
      [
        {
          type: 'header',
          parameters: [{ type: 'location', location: { latitude: '1', longitude: '2', name: 'N', address: 'A' } }],
        },
      ],
    ],
    ['buttons', [button('QUICK_REPLY', '0', { type: 'payload', payload: 'STOP' }), track, coupon]],
    ['buttons', [track, coupon]],
    ['code', [bodyOf('123456'), button('url', '0', { type: 'text', text: '123456' })]],
    ['offer', [ends(Date.now() + 60_000), saleCode]],
    ['cards', [{ type: 'carousel', cards: [0, 1].map((card_index) => ({ card_index, components: [picture, bodyOf('3')] })) }]],
  ])('takes %s', async (name, components) => {
    expect(await codeOf(send(name, components))).toEqual([200]);
  });

  it.each<[string, string, object[], [number, number]]>([
    ['one that does not exist', 'nowhere', [], [404, 132001]],
    ['one that is pending', 'pending', [bodyOf('A', 'B')], [404, 132001]],
    ['one that is paused', 'paused', [bodyOf('A', 'B')], [400, 132015]],
    ['one that is disabled', 'disabled', [bodyOf('A', 'B')], [400, 132016]],
    ['too few values', 'plain', [bodyOf('Ada')], [400, 132000]],
    ['too many values', 'plain', [bodyOf('Ada', 'A1', 'x')], [400, 132000]],
    ['a header it has not', 'plain', [bodyOf('A', 'B'), { type: 'header', parameters: words('x') }], [400, 132000]],
    ['values of a hydrated body above 1,024', 'plain', [bodyOf('x'.repeat(1000), 'y'.repeat(20))], [400, 132005]],
    ['a line break in a value', 'plain', [bodyOf('A\nB', 'C')], [400, 132018]],
    [
      'an unknown name',
      'named',
      [{ type: 'body', parameters: [{ type: 'text', parameter_name: 'last', text: 'A' }] }],
      [400, 132012],
    ],
    ['no name', 'named', [bodyOf('A')], [400, 132012]],
    ['no picture', 'picture', [], [400, 132012]],
    [
      'a film for a picture',
      'picture',
      [{ type: 'header', parameters: [{ type: 'video', video: { link: 'https://x.example' } }] }],
      [400, 132012],
    ],
    ['no ending of the address', 'buttons', [coupon], [400, 131008]],
    ['no coupon', 'buttons', [track], [400, 131008]],
    [
      'a button it has not',
      'buttons',
      [track, coupon, button('quick_reply', '5', { type: 'payload', payload: 'x' })],
      [400, 132012],
    ],
    [
      'another code on the button',
      'code',
      [bodyOf('123456'), button('url', '0', { type: 'text', text: '654321' })],
      [400, 132012],
    ],
    ['a code of 16', 'code', [bodyOf('1'.repeat(16)), button('url', '0', { type: 'text', text: '1'.repeat(16) })], [400, 132005]],
    [
      'a card too few',
      'cards',
      [{ type: 'carousel', cards: [{ card_index: 0, components: [picture, bodyOf('3')] }] }],
      [400, 132000],
    ],
    [
      'the text of a card above 160',
      'cards',
      [{ type: 'carousel', cards: [0, 1].map((card_index) => ({ card_index, components: [picture, bodyOf('x'.repeat(151))] })) }],
      [400, 132005],
    ],
    ['cards it has not', 'sale', [{ type: 'carousel', cards: [{ card_index: 0, components: [] }] }], [400, 132000]],
    ['no end of the offer', 'offer', [saleCode], [400, 131008]],
    ['an offer that has ended', 'offer', [ends(1_700_000_000_000), saleCode], [400, 132012]],
    ['an end of an offer it has not', 'sale', [ends(Date.now() + 60_000)], [400, 132000]],
    ['an unknown kind of component', 'plain', [{ type: 'legs', parameters: [] }], [400, 131009]],
  ])('is refused with %s', async (_what, name, components, expected) => {
    expect(await codeOf(send(name, components))).toEqual(expected);
  });

  it('of a code is refused to a user id', async () => {
    const components = [bodyOf('123456'), button('url', '0', { type: 'text', text: '123456' })];
    const hidden = { to: undefined, recipient: 'DE.4410A' };
    expect(await codeOf(send('code', components, hidden))).toEqual([400, 131062]);
    expect(await codeOf(send('plain', [bodyOf('A', 'B')], hidden))).toEqual([200]);
  });

  it('to a user id of another portfolio reaches nobody', async () => {
    const foreign = {
      phoneNumberId: '7009',
      displayPhone: '+49 30 55509',
      name: 'Other',
      wabaId: '9009',
      token: 'T9',
      businessId: '77',
    };
    simulator.control.addNumber(foreign);
    simulator.control.write({ userId: 'DE.77FOREIGN', phoneNumberId: '7009', text: 'Hi' });
    const request = send('plain', [bodyOf('A', 'B')], { to: undefined, recipient: 'DE.77FOREIGN' });
    expect(await statusesOf(request)).toMatchObject([{ status: 'failed', errors: [{ code: 131026 }] }]);
  });

  it.each<[string, object, number]>([
    ['stopped marketing', { stopsMarketing: true }, 131050],
    ['had enough of it', { isCapped: true }, 131049],
  ])('of marketing fails for people who %s, one of another category does not', async (_who, change, code) => {
    simulator.control.setPerson({ phoneNumberId: '7001', phone: ada.phone, ...change });
    expect(await statusesOf(send('sale'))).toMatchObject([{ status: 'failed', errors: [{ code }] }]);
    expect((await statusesOf(send('plain', [bodyOf('A', 'B')])))[0]).toMatchObject({ status: 'sent' });
    simulator.control.setPerson({ phoneNumberId: '7001', phone: ada.phone, stopsMarketing: false, isCapped: false });
  });

  it('of marketing does not reach numbers of the USA, but those of Canada', async () => {
    expect(await statusesOf(send('sale', [], { to: '+12125550100' }))).toMatchObject([{ status: 'failed' }]);
    expect((await statusesOf(send('sale', [], { to: '+14165550100' })))[0]).toMatchObject({ status: 'sent' });
  });

  it('is held when asked, and then sent or dropped', async () => {
    simulator.control.fault({ kind: 'held' }, { next: 1 });
    const held = await send('sale');
    expect(((await held.clone().json()) as SendResponse).messages[0]?.message_status).toBe('held_for_quality_assessment');
    expect((await statusesOf(Promise.resolve(held)))[0]).toMatchObject({ status: 'sent' });
    simulator.control.fault({ kind: 'held', isDropped: true }, { next: 1 });
    expect(await statusesOf(send('sale'))).toMatchObject([{ status: 'failed', errors: [{ code: 132015 }] }]);
  });
});

describe('what a message costs', () => {
  it('is told by category: with sent and delivered, not with read', async () => {
    const prices = (await statusesOf(send('sale'))).map(({ status, pricing }) => [status, pricing?.type, pricing?.category]);
    expect(prices).toEqual([
      ['sent', 'regular', 'marketing'],
      ['delivered', 'regular', 'marketing'],
      ['read', undefined, undefined],
    ]);
  });

  it('comes with read when delivered is skipped, and never with failed', async () => {
    simulator.control.settings.skipDeliveredPercent = 100;
    expect((await statusesOf(send('sale'))).map(({ status, pricing }) => [status, pricing !== undefined])).toEqual([
      ['sent', true],
      ['read', true],
    ]);
    simulator.control.settings.skipDeliveredPercent = 0;
    simulator.control.fault({ kind: 'webhook', code: 131026 }, { next: 1 });
    expect((await statusesOf(send('sale')))[0]).not.toHaveProperty('pricing');
  });

  it('is nothing for 72 h after the first answer to one who came by an advertisement', async () => {
    const phone = '+4915550077';
    const referral = { source_type: 'ad', source_id: '1202', source_url: 'https://fb.me/x', headline: 'Chat' };
    simulator.control.write({ phone, phoneNumberId: '7001', text: 'Hi', referral });
    const [sent, delivered] = await statusesOf(post(simulator, { ...text, to: phone }));
    expect(sent).toMatchObject({
      pricing: { billable: false, type: 'free_entry_point', category: 'service' },
      conversation: { expiration_timestamp: expect.any(String), origin: { type: 'referral_conversion' } },
    });
    expect(delivered?.conversation).not.toHaveProperty('expiration_timestamp');
    expect((await statusesOf(send('sale', [], { to: phone })))[0]).toMatchObject({ pricing: { type: 'free_entry_point' } });
  });

  it('is nothing within the window where that is set, and older versions name a conversation', async () => {
    simulator.control.settings.freeService = true;
    simulator.control.write({ phone: ada.phone, phoneNumberId: '7001', text: 'Hi' });
    expect((await statusesOf(post(simulator, text)))[0]).toMatchObject({ pricing: { type: 'free_customer_service' } });
    simulator.control.settings.freeService = false;
    const older = await statusesOf(post(simulator, text, 'T1', '/v23.0/7001/messages'));
    expect(older[0]).toMatchObject({ conversation: { origin: { type: 'service' } } });
  });
});
