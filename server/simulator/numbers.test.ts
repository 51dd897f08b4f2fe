import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ErrorResponse } from '../src/whatsapp/wire.ts';
import type { Simulator } from './simulator.ts';
import { type Business, ada, number, post, startBoth, startBusiness, text } from './test-business.ts';

const HOUR_MS = 3_600_000;
let simulator: Simulator;
let business: Business;
let own: Business;
let now = Date.now();
const third = { phoneNumberId: '7003', displayPhone: '+49 30 55503', name: 'Own', wabaId: '9003', token: 'T3', isOnBizApp: true };

beforeAll(async () => {
  own = await startBusiness('own-secret');
  const app = { appId: '4003', appSecret: 'own-secret', verifyToken: 'verify-me', webhookUrl: own.url };
  ({ simulator, business } = await startBoth(
    { trustUnseen: true, pairBurst: 10_000 },
    {
      now: () => now,
      templates: [
        {
          wabaId: '9001',
          name: 'sale',
          language: 'en_US',
          category: 'MARKETING',
          components: [{ type: 'BODY', text: 'A sale.' }],
        },
      ],
    },
  ));
  simulator.control.addNumber({ ...third, app });
});

afterAll(async () => {
  await simulator.close();
  business.close();
  own.close();
});

async function call(method: string, path: string, body?: unknown, token = number.token) {
  const response = await fetch(`${simulator.url}/v26.0/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> & Partial<ErrorResponse> };
}

const codeOf = async (answer: ReturnType<typeof call>) => {
  const { status, body } = await answer;
  return status === 200 ? 200 : body.error?.code;
};
const sendCode = async (body: object = text, token = number.token, path = '/v26.0/7001/messages') => {
  const response = await post(simulator, body, token, path);
  return response.status === 200 ? 200 : ((await response.json()) as ErrorResponse).error.code;
};
const changesOf = (listener: Business) =>
  listener.webhooks.flatMap(({ envelope }) => envelope.entry.flatMap(({ changes }) => changes));

describe('a number', () => {
  it('gives every field that is asked for, and no others', async () => {
    const fields = [
      'display_phone_number,verified_name,quality_rating,code_verification_status,name_status,new_name_status,status,platform_type',
      'account_mode,throughput,is_official_business_account,is_on_biz_app,last_onboarded_time,webhook_configuration,health_status',
      'whatsapp_business_manager_messaging_limit',
    ].join(',');
    const { body } = await call('GET', `7001?fields=${fields},nonsense`);
    expect(Object.keys(body).toSorted()).toEqual(['id', ...fields.split(',')].toSorted());
    expect(body).toMatchObject({
      status: 'CONNECTED',
      throughput: { level: 'STANDARD' },
      webhook_configuration: { application: business.url },
      whatsapp_business_manager_messaging_limit: 'TIER_UNLIMITED',
    });
    const { body: numbers } = await call('GET', '9001/phone_numbers?fields=display_phone_number');
    expect(numbers.data).toEqual([{ id: '7001', display_phone_number: '+49 30 55501' }]);
    expect((await call('GET', '9001?fields=name,currency,owner_business_info')).body).toMatchObject({
      id: '9001',
      currency: 'EUR',
    });
    expect(await codeOf(call('GET', '9001', undefined, 'T2'))).toBe(100);
  });

  it('is registered with its PIN, ten times in 72 hours at most, and sends only then', async () => {
    const register = (pin: string) => codeOf(call('POST', '7001/register', { messaging_product: 'whatsapp', pin }));
    expect(await register('12345')).toBe(100);
    expect(await register('123456')).toBe(200);
    expect(await register('654321')).toBe(133005);
    expect(await codeOf(call('POST', '7001/deregister'))).toBe(200);
    expect(await sendCode()).toBe(133010);
    expect(await register('123456')).toBe(200);
    expect(await sendCode()).toBe(200);
    for (let count = 0; count < 6; count++) expect(await register('123456')).toBe(200);
    expect(await register('123456')).toBe(133016);
    now += 72 * HOUR_MS;
    expect(await register('123456')).toBe(200);
    expect(await codeOf(call('POST', '7001', { pin: '111111' }))).toBe(200);
    expect(await register('123456')).toBe(133005);
  });

  it('takes five wrong PINs, then none for an hour', async () => {
    simulator.control.setNumber('7003', { status: 'PENDING', pin: '222222' });
    const register = (pin: string) => codeOf(call('POST', '7003/register', { messaging_product: 'whatsapp', pin }, 'T3'));
    for (let count = 0; count < 5; count++) expect(await register('333333')).toBe(133005);
    expect([await register('333333'), await register('222222')]).toEqual([133008, 133008]);
    expect(await sendCode(text, 'T3', '/v26.0/7003/messages')).toBe(133010);
    now += HOUR_MS;
    expect([await register('222222'), await sendCode(text, 'T3', '/v26.0/7003/messages')]).toEqual([200, 200]);
  });

  it('is added to an account, verified, registered, and sends then', async () => {
    const asked = { cc: '49', phone_number: '3055577', verified_name: 'Branch' };
    const { body } = await call('POST', '9001/phone_numbers', asked);
    const id = String(body.id);
    expect(await codeOf(call('POST', '9001/phone_numbers', asked))).toBe(100);
    const register = () => codeOf(call('POST', `${id}/register`, { messaging_product: 'whatsapp', pin: '123456' }));
    const send = () => sendCode(text, number.token, `/v26.0/${id}/messages`);
    expect([await send(), await register()]).toEqual([133010, 133006]);
    expect(await codeOf(call('POST', `${id}/request_code?code_method=SMS&language=en_US`))).toBe(200);
    expect(await codeOf(call('POST', `${id}/verify_code`, { code: '000000' }))).toBe(136025);
    expect(await codeOf(call('POST', `${id}/verify_code`, { code: '123456' }))).toBe(200);
    expect([await register(), await send()]).toEqual([200, 200]);
  });

  it('has a profile with limits', async () => {
    const change = (fields: object) =>
      codeOf(call('POST', '7001/whatsapp_business_profile', { messaging_product: 'whatsapp', ...fields }));
    expect(await change({ about: 'Open all day', websites: ['https://shop.example'], vertical: 'RETAIL' })).toBe(200);
    const { body } = await call('GET', '7001/whatsapp_business_profile?fields=about,websites,email');
    expect(body.data).toEqual([{ about: 'Open all day', websites: ['https://shop.example'], messaging_product: 'whatsapp' }]);
    for (const wrong of [
      { about: 'x'.repeat(140) },
      { email: 'x'.repeat(129) },
      { websites: ['a', 'b', 'c'] },
      { vertical: 'MAGIC' },
      { colour: 'red' },
      { profile_picture_handle: '4::none' },
    ])
      expect(await change(wrong)).toBe(100);
  });

  it('blocks people who wrote lately, whose messages do not come then', async () => {
    const phone = '+4915550044';
    const users = { messaging_product: 'whatsapp', block_users: [{ user: phone }] };
    expect((await call('POST', '7001/block_users', users)).body).toMatchObject({
      block_users: { failed_users: [{ input: phone }] },
    });
    simulator.control.write({ phone, phoneNumberId: '7001', text: 'Hi' });
    await simulator.control.settle();
    const before = business.messages().length;
    expect((await call('POST', '7001/block_users', users)).body).toMatchObject({
      block_users: { added_users: [{ input: phone }] },
    });
    simulator.control.write({ phone, phoneNumberId: '7001', text: 'Hello?' });
    await simulator.control.settle();
    expect(business.messages()).toHaveLength(before);
    expect(await sendCode({ ...text, to: phone })).toBe(130403);
    expect((await call('GET', '7001/block_users')).body.data).toMatchObject([{ wa_id: '4915550044' }]);
    expect(await codeOf(call('DELETE', '7001/block_users', users))).toBe(200);
    expect(await sendCode({ ...text, to: phone })).toBe(200);
  });

  it('is blocked, upgraded and judged by Meta, which says so', async () => {
    const { setNumber, settle } = simulator.control;
    setNumber('7001', { status: 'BLOCKED' });
    expect(await sendCode()).toBe(131031);
    setNumber('7001', { status: 'CONNECTED', throughput: 'HIGH', upgradeMs: 30 });
    const response = await post(simulator, text);
    expect([response.status, ((await response.json()) as ErrorResponse).error.code]).toEqual([500, 131057]);
    await settle();
    expect(await sendCode()).toBe(200);
    await settle();
    setNumber('7001', { quality: 'RED', newNameStatus: 'DECLINED', requestedName: 'Other' });
    await settle();
    expect(changesOf(business).slice(-2)).toMatchObject([
      { field: 'phone_number_quality_update', value: { event: 'FLAGGED' } },
      { field: 'phone_number_name_update', value: { decision: 'REJECTED', requested_verified_name: 'Other' } },
    ]);
  });

  it('sends 1,000 a second when upgraded, and 20 when the business app shares it', async () => {
    const burst = async (path: string, token: string, count: number) => {
      const codes = await Promise.all(Array.from({ length: count }, () => sendCode(text, token, path)));
      return codes.filter((code) => code === 200).length;
    };
    now += 5_000;
    expect(await burst('/v26.0/7001/messages', 'T1', 120)).toBe(120);
    expect(await burst('/v26.0/7002/messages', 'T2', 120)).toBe(80);
    expect(await burst('/v26.0/7003/messages', 'T3', 40)).toBe(20);
    simulator.control.settings.rateHttpStatus = 429;
    simulator.control.settings.retryAfterSeconds = 2;
    const refused = await post(simulator, text, 'T3', '/v26.0/7003/messages');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '2']);
  });
});

describe('tokens', () => {
  it('expire, come back, and may lack permissions', async () => {
    const { setToken } = simulator.control;
    setToken('T1', 'expired');
    expect([await sendCode(), await codeOf(call('GET', '7001'))]).toEqual([190, 190]);
    setToken('T1', 'no-messaging');
    expect([await sendCode(), await codeOf(call('GET', '7001'))]).toEqual([10, 200]);
    setToken('T1', 'no-management');
    expect([await sendCode(), await codeOf(call('GET', '7001'))]).toEqual([200, 200]);
    expect((await call('GET', '7001')).status).toBe(403);
    setToken('T1', null);
    expect((await call('GET', '7001')).status).toBe(200);
  });
});

describe('a number that is added again', () => {
  it('keeps its state and has the new token alone', async () => {
    simulator.control.addNumber({ ...number, token: 'T1B' });
    expect([await sendCode(), await sendCode(text, 'T1B')]).toEqual([190, 200]);
    simulator.control.addNumber(number);
    expect((await call('GET', '7001?fields=quality_rating')).body.quality_rating).toBe('RED');
  });
});

describe("a tenant's own app", () => {
  it('gets the webhooks of its number, signed with its own secret', async () => {
    await simulator.control.settle();
    const before = business.webhooks.length;
    simulator.control.write({ phone: ada.phone, phoneNumberId: '7003', text: 'Hi' });
    await simulator.control.settle();
    expect(own.messages().at(-1)).toMatchObject({ text: { body: 'Hi' } });
    expect(own.webhooks.at(-1)?.isSigned).toBe(true);
    expect(business.webhooks).toHaveLength(before);
    expect((await call('GET', 'app', undefined, 'T3')).body.id).toBe('4003');
  });

  it('hears nothing once it is unsubscribed', async () => {
    await simulator.control.settle();
    const before = own.webhooks.length;
    expect((await call('GET', '9003/subscribed_apps', undefined, 'T3')).body.data).toMatchObject([
      { whatsapp_business_api_data: { id: '4003' } },
    ]);
    expect(await codeOf(call('DELETE', '9003/subscribed_apps', undefined, 'T3'))).toBe(200);
    simulator.control.write({ phone: ada.phone, phoneNumberId: '7003', text: 'Hi' });
    await simulator.control.settle();
    expect(own.webhooks).toHaveLength(before);
    expect((await call('GET', '9003/subscribed_apps', undefined, 'T3')).body.data).toEqual([]);
    expect(await codeOf(call('POST', '9003/subscribed_apps', {}, 'T3'))).toBe(200);
    simulator.control.write({ phone: ada.phone, phoneNumberId: '7003', text: 'Hi' });
    await simulator.control.settle();
    expect(own.webhooks).toHaveLength(before + 1);
  });

  it('may send messages of a number or account elsewhere, to an address that passes the handshake', async () => {
    const override = { override_callback_uri: own.url, verify_token: 'wrong' };
    expect(await codeOf(call('POST', '7001', { webhook_configuration: override }))).toBe(100);
    const right = await startBusiness();
    const configuration = { override_callback_uri: right.url, verify_token: 'verify-me' };
    expect(await codeOf(call('POST', '7001', { webhook_configuration: configuration }))).toBe(200);
    simulator.control.write({ phone: ada.phone, phoneNumberId: '7001', text: 'Elsewhere' });
    await simulator.control.settle();
    expect(right.messages().at(-1)).toMatchObject({ text: { body: 'Elsewhere' } });
    expect(await codeOf(call('POST', '7001', { webhook_configuration: { override_callback_uri: '' } }))).toBe(200);
    right.close();
  });
});

describe('the messaging limit', () => {
  const sale = { ...text, text: undefined, type: 'template', template: { name: 'sale', language: { code: 'en_US' } } };

  it('counts people outside their windows in a moving day, those it reached alone', async () => {
    simulator.control.settings.trustUnseen = false;
    simulator.control.settings.rateHttpStatus = 400;
    simulator.control.setTier('TIER_250');
    now += 24 * HOUR_MS;
    const to = (index: number) => ({ ...sale, to: `+4916000${String(index).padStart(4, '0')}` });
    simulator.control.fault({ kind: 'webhook', code: 131026 }, { next: 1 });
    expect(await sendCode(to(0))).toBe(200);
    await simulator.control.settle();
    expect(simulator.control.reached()).toBe(0);
    for (let index = 1; index <= 250; index++) expect(await sendCode(to(index))).toBe(200);
    expect(simulator.control.reached()).toBe(250);
    expect(await sendCode(to(251))).toBe(131048);
    expect(await sendCode(to(7))).toBe(200);
    simulator.control.write({ phone: to(251).to, phoneNumberId: '7001', text: 'Hi' });
    expect(await sendCode(to(251))).toBe(200);
    expect(await sendCode(to(252))).toBe(131048);
    now += 24 * HOUR_MS;
    expect(await sendCode(to(252))).toBe(200);
    await simulator.control.settle();
    simulator.control.setTier('TIER_2K');
    await simulator.control.settle();
    expect(changesOf(business).at(-1)).toMatchObject({
      field: 'business_capability_update',
      value: { max_daily_conversations_per_business: 'TIER_2K' },
    });
  });
});
