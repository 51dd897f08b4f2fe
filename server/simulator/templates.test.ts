import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ErrorResponse, PageResponse, TemplateCreatedResponse, WireTemplate } from '../src/whatsapp/wire.ts';
import { sampleOf } from './samples.ts';
import type { Simulator } from './simulator.ts';
import { type Business, number, otherNumber, startBoth } from './test-business.ts';

const DAY_MS = 24 * 3_600_000;
let simulator: Simulator;
let business: Business;
let now = Date.now();
let count = 0;

beforeAll(async () => {
  ({ simulator, business } = await startBoth({}, { now: () => now }));
});

afterAll(async () => {
  await simulator.close();
  business.close();
});

async function call<Answer>(method: string, path: string, body?: unknown, token = number.token) {
  const response = await fetch(`${simulator.url}/v26.0/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Answer };
}

const part = { type: 'BODY', text: 'Hi {{1}}, order {{2}} is ready.', example: { body_text: [['Ada', 'A1']] } };
const named = (name = `t_${++count}`) => ({ name, language: 'en_US', category: 'UTILITY', components: [part] as object[] });
const create = (template: object = named()) => call<TemplateCreatedResponse>('POST', '9001/message_templates', template);
const list = (query: string) => call<PageResponse<WireTemplate>>('GET', `9001/message_templates?${query}`);

async function codeOf(answer: Promise<{ status: number; body: unknown }>): Promise<unknown> {
  const { status, body } = await answer;
  return status === 200 ? 200 : (body as ErrorResponse).error.code;
}

const updates = () =>
  business.webhooks.flatMap(({ envelope }) =>
    envelope.entry.flatMap(({ time, changes }) => changes.map((change) => ({ time, ...change }))),
  );

describe('templates', () => {
  it('are pending, then approved, and the business hears of it with the language as webhooks write it', async () => {
    const { status, body } = await create(named('order_ok'));
    expect([status, body]).toEqual([200, { id: expect.stringMatching(/^\d+$/), status: 'PENDING', category: 'UTILITY' }]);
    await simulator.control.settle();
    expect((await call('GET', `${body.id}?fields=status,quality_score`)).body).toEqual({
      id: body.id,
      status: 'APPROVED',
      quality_score: { score: 'UNKNOWN', date: expect.any(Number) },
    });
    expect(updates().at(-1)).toEqual({
      time: Math.floor(now / 1000),
      field: 'message_template_status_update',
      value: {
        message_template_id: Number(body.id),
        message_template_name: 'order_ok',
        message_template_language: 'en-US',
        message_template_category: 'UTILITY',
        event: 'APPROVED',
        reason: 'NONE',
      },
    });
  });

  it('named like "reject" are rejected with a reason', async () => {
    const { body } = await create(named('please_reject'));
    await simulator.control.settle();
    expect((await call<WireTemplate>('GET', `${body.id}?fields=status,rejected_reason`)).body).toMatchObject({
      status: 'REJECTED',
      rejected_reason: expect.stringMatching(/^[A-Z_]{6,}$/),
    });
    expect(updates().at(-1)?.value).toMatchObject({ event: 'REJECTED', rejection_info: { reason: expect.any(String) } });
  });

  const withBody = (text: string, example?: unknown) => ({ ...named(), components: [{ type: 'BODY', text, example }] });
  const withParts = (...parts: object[]) => ({ ...named(), components: [part, ...parts] });
  const withButtons = (...buttons: object[]) => withParts({ type: 'BUTTONS', buttons });
  const quick = (text: string) => ({ type: 'QUICK_REPLY', text });
  const phone = { type: 'PHONE_NUMBER', text: 'Call', phone_number: '493055501' };
  const film = { type: 'header', format: 'video', example: { header_handle: ['4::x'] } };
  const cards = (parts: object[], hasButtons = true) => {
    const rest = [
      { type: 'body', text: 'x' },
      { type: 'buttons', buttons: [quick('More')] },
    ].slice(parts.length - 1, hasButtons ? 2 : 1);
    return { type: 'carousel', cards: [0, 1].map(() => ({ components: [...parts, ...rest] })) };
  };
  const offer = (words = 'Sale') => ({ type: 'limited_time_offer', limited_time_offer: { text: words, has_expiration: true } });
  const copy = [{ type: 'buttons', buttons: [{ type: 'COPY_CODE', example: '25OFF' }] }];
  const url = { type: 'URL', text: 'Track', url: 'https://x.example/{{1}}', example: ['A1'] };

  it.each<[string, () => object, number]>([
    ['a name in capitals', () => named('Order'), 100],
    ['a name of 513', () => named('x'.repeat(513)), 100],
    ['a language that is none', () => ({ ...named(), language: 'english' }), 100],
    ['a category that is none', () => ({ ...named(), category: 'SPAM' }), 100],
    ['an unknown key', () => ({ ...named(), colour: 'red' }), 100],
    ['the same name and language', () => named('order_ok'), 2388024],
    ['a TTL out of bounds', () => ({ ...named(), message_send_ttl_seconds: 10 }), 100],
    ['no body', () => ({ ...named(), components: [{ type: 'FOOTER', text: 'x' }] }), 2388043],
    ['a body of 1,025', () => withBody('x'.repeat(1025)), 2388040],
    ['a variable first', () => withBody('{{1}} is ready', { body_text: [['A']] }), 2388299],
    ['a variable last', () => withBody('Hello {{1}}', { body_text: [['A']] }), 2388299],
    ['a gap in the variables', () => withBody('Hi {{2}} there', { body_text: [['A']] }), 2388072],
    ['a broken variable', () => withBody('Hi {{name there'), 2388072],
    ['more variables than words', () => withBody('Hi {{1}} {{2}} {{3}}.', { body_text: [['A', 'B', 'C']] }), 2388293],
    ['no example', () => withBody('Hi {{1}} there'), 2388043],
    ['a header of 61', () => withParts({ type: 'HEADER', format: 'TEXT', text: 'x'.repeat(61) }), 2388040],
    ['two variables in a header', () => withParts({ type: 'HEADER', format: 'TEXT', text: '{{1}} x {{2}}' }), 2388047],
    ['a picture without a handle', () => withParts({ type: 'HEADER', format: 'IMAGE' }), 2388043],
    ['an unknown handle', () => withParts({ type: 'HEADER', format: 'IMAGE', example: { header_handle: ['4::x'] } }), 100],
    ['a footer of 61', () => withParts({ type: 'FOOTER', text: 'x'.repeat(61) }), 2388040],
    ['a variable in the footer', () => withParts({ type: 'FOOTER', text: 'Hi {{1}}' }), 2388073],
    ['a button of 26', () => withButtons(quick('x'.repeat(26))), 2388040],
    ['eleven buttons', () => withButtons(...Array.from({ length: 11 }, (_, index) => quick(`B${index}`))), 100],
    ['three addresses', () => withButtons(url, url, url), 100],
    ['an address with the variable inside', () => withButtons({ ...url, url: 'https://x.example/{{1}}/a' }), 100],
    ['an address without an example', () => withButtons({ ...url, example: undefined }), 2388043],
    ['quick replies apart', () => withButtons(quick('A'), url, quick('B')), 100],
    ['two phones', () => withButtons(phone, phone), 100],
    ['a code of 21', () => withButtons({ type: 'COPY_CODE', example: 'x'.repeat(21) }), 2388040],
    ['a code button of another category', () => withButtons({ type: 'OTP', otp_type: 'copy_code' }), 100],
    ['a carousel of one card', () => withParts({ type: 'carousel', cards: [{ components: [] }] }), 2388043],
    ['a card without a file', () => withParts(cards([{ type: 'header', format: 'text', text: 'x' }])), 2388047],
    ['a card without buttons', () => withParts(cards([film, { type: 'body', text: 'x' }], false)), 2388043],
    ['a footer below a carousel', () => withParts({ type: 'FOOTER', text: 'x' }, cards([film])), 100],
    ['an offer that is no marketing', () => withParts(offer(), ...copy), 100],
    ['an offer of 17', () => ({ ...withParts(offer('x'.repeat(17)), ...copy), category: 'MARKETING' }), 2388040],
    ['an offer without its code', () => ({ ...withParts(offer()), category: 'MARKETING' }), 2388043],
    [
      'an offer with a footer',
      () => ({ ...withParts(offer(), { type: 'FOOTER', text: 'x' }, ...copy), category: 'MARKETING' }),
      2388073,
    ],
  ])('are refused with %s', async (_name, template, code) => {
    expect(await codeOf(create(template()))).toBe(code);
  });

  it('say in words what is wrong, and give the code as a subcode when that is set', async () => {
    const wrong = withBody('Hello {{1}}', { body_text: [['A']] });
    const { status, body } = await call<ErrorResponse>('POST', '9001/message_templates', wrong);
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ code: 2388299, error_user_msg: expect.stringContaining('Variables') });
    simulator.control.settings.templateSubcodes = true;
    const { body: older } = await call<ErrorResponse>('POST', '9001/message_templates', wrong);
    expect(older.error).toMatchObject({ code: 100, error_subcode: 2388299 });
    simulator.control.settings.templateSubcodes = false;
  });

  it('take names instead of numbers, all kinds of buttons, and codes', async () => {
    const components = [
      {
        type: 'header',
        format: 'text',
        text: 'For {{who}}',
        example: { header_text_named_params: [{ param_name: 'who', example: 'A' }] },
      },
      {
        type: 'body',
        text: 'Hi {{first}}, it is here.',
        example: { body_text_named_params: [{ param_name: 'first', example: 'A' }] },
      },
      {
        type: 'buttons',
        buttons: [
          quick('Stop'),
          quick('More'),
          url,
          { type: 'PHONE_NUMBER', text: 'Call', phone_number: '493055501' },
          { type: 'COPY_CODE', example: '25OFF' },
        ],
      },
    ];
    expect(await codeOf(create({ ...named(), parameter_format: 'named', components }))).toBe(200);
    const otp = { type: 'OTP', otp_type: 'copy_code', text: 'Copy' };
    const code = [
      { type: 'BODY', add_security_recommendation: true },
      { type: 'FOOTER', code_expiration_minutes: 5 },
    ];
    const buttons = { type: 'BUTTONS', buttons: [otp] };
    expect(await codeOf(create({ ...named(), category: 'AUTHENTICATION', components: [...code, buttons] }))).toBe(200);
  });

  it('take the handle of an upload and show it as an address', async () => {
    const { bytes } = sampleOf('jpeg');
    const begin = `app/uploads?file_name=a.jpg&file_length=${bytes.length}&file_type=image/jpeg`;
    const session = await call<{ id: string }>('POST', begin);
    const sent = await fetch(`${simulator.url}/v26.0/${session.body.id}`, {
      method: 'POST',
      headers: { authorization: `OAuth ${number.token}`, file_offset: '0' },
      body: new Uint8Array(bytes),
    });
    const { h } = (await sent.json()) as { h: string };
    const { body } = await create(withParts({ type: 'HEADER', format: 'IMAGE', example: { header_handle: [h] } }));
    const { components } = (await call<WireTemplate>('GET', body.id)).body;
    const address = components?.find(({ type }) => type === 'HEADER')?.example?.header_handle?.[0];
    const shown = await fetch(address!);
    expect(shown.headers.get('content-type')).toBe('image/jpeg');
    expect((await shown.arrayBuffer()).byteLength).toBe(bytes.length);
  });

  it('are listed by pages, filters and fields', async () => {
    await simulator.control.settle();
    const first = await list('limit=2&fields=name');
    expect(first.body.data).toHaveLength(2);
    expect(Object.keys(first.body.data[0]!).toSorted()).toEqual(['id', 'name']);
    const next = await (await fetch(first.body.paging!.next!, { headers: { authorization: `Bearer ${number.token}` } })).json();
    expect((next as PageResponse<WireTemplate>).data[0]?.id).not.toBe(first.body.data[0]?.id);
    const all = (await list('limit=200&fields=name,status')).body.data;
    const rejected = (await list('limit=200&status=rejected')).body.data;
    expect(rejected.map(({ name }) => name)).toEqual(['please_reject']);
    expect((await list('name=order_ok')).body.data).toHaveLength(1);
    expect((await list(`limit=200&after=${first.body.paging!.cursors!.after}`)).body.data).toHaveLength(all.length - 2);
    expect(await codeOf(call('GET', '9001/message_templates', undefined, otherNumber.token))).toBe(100);
  });

  it('are edited when approved once a day, and never in their category', async () => {
    const { body } = await create();
    await simulator.control.settle();
    const edit = (change: object) => codeOf(call('POST', body.id, change));
    expect(await edit({ category: 'MARKETING' })).toBe(100);
    expect(await edit({ components: [{ type: 'BODY', text: 'Your order is ready, {{1}}' }] })).toBe(2388299);
    expect(await edit({ components: [{ type: 'BODY', text: 'Your order is ready.' }] })).toBe(200);
    expect(await edit({ components: [{ type: 'BODY', text: 'Ready.' }] })).toBe(100);
    await simulator.control.settle();
    expect(await edit({ components: [{ type: 'BODY', text: 'Ready.' }] })).toBe(100);
    now += DAY_MS;
    expect(await edit({ components: [{ type: 'BODY', text: 'Ready.' }] })).toBe(200);
    await simulator.control.settle();
  });

  it('are deleted by name or id, and the name of an approved one is locked for 30 days', async () => {
    const { body } = await create(named('short_lived'));
    await create({ ...named('short_lived'), language: 'ar' });
    await simulator.control.settle();
    expect(await codeOf(call('DELETE', `9001/message_templates?name=short_lived&hsm_id=${body.id}`))).toBe(200);
    expect((await list('name=short_lived')).body.data.map(({ language }) => language)).toEqual(['ar']);
    expect(await codeOf(call('DELETE', '9001/message_templates?name=short_lived'))).toBe(200);
    expect(await codeOf(call('DELETE', '9001/message_templates?name=short_lived'))).toBe(100);
    expect(await codeOf(create(named('short_lived')))).toBe(2388023);
    now += 30 * DAY_MS;
    expect(await codeOf(create(named('short_lived')))).toBe(200);
    await simulator.control.settle();
  });

  it('are paused, unpaused, disabled, judged and moved by Meta, which says so', async () => {
    const { body } = await create();
    await simulator.control.settle();
    const from = updates().length;
    const { setTemplate, settle } = simulator.control;
    const unpause = async () => (await call('POST', `${body.id}/unpause`)).body;
    setTemplate(body.id, { status: 'PAUSED', quality: 'RED' });
    expect(await unpause()).toMatchObject({ success: false });
    setTemplate(body.id, { status: 'PAUSED', pause: 'RATE_LIMITING_PAUSE' });
    expect(await unpause()).toEqual({ success: true });
    expect(await codeOf(call('POST', `${body.id}/unpause`))).toBe(100);
    setTemplate(body.id, { correctCategory: 'MARKETING' });
    setTemplate(body.id, { category: 'MARKETING' });
    setTemplate(body.id, { status: 'DISABLED' });
    await settle();
    expect(updates().slice(from)).toMatchObject([
      { field: 'message_template_status_update', value: { event: 'PAUSED', other_info: { title: 'FIRST_PAUSE' } } },
      { field: 'message_template_quality_update', value: { previous_quality_score: 'UNKNOWN', new_quality_score: 'RED' } },
      { field: 'message_template_status_update', value: { event: 'PAUSED', other_info: { title: 'RATE_LIMITING_PAUSE' } } },
      { field: 'message_template_status_update', value: { event: 'APPROVED', other_info: { title: 'UNPAUSE' } } },
      { field: 'template_category_update', value: { new_category: 'UTILITY', correct_category: 'MARKETING' } },
      { field: 'template_category_update', value: { previous_category: 'UTILITY', new_category: 'MARKETING' } },
      {
        field: 'message_template_status_update',
        value: { event: 'DISABLED', disable_info: { disable_date: expect.any(Number) } },
      },
    ]);
    expect(await codeOf(call('DELETE', `9001/message_templates?hsm_ids=["${body.id}"]`))).toBe(100);
  });

  it('are created 100 times in an hour and no more', async () => {
    now += DAY_MS;
    simulator.control.settings.templatesPerHour = 2;
    const codes = [await codeOf(create()), await codeOf(create()), await codeOf(create())];
    expect(codes).toEqual([200, 200, 80007]);
    now += 3_600_000;
    expect(await codeOf(create())).toBe(200);
    await simulator.control.settle();
  });
});
