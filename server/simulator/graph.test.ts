import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ErrorResponse, SendResponse } from '../src/whatsapp/wire.ts';
import type { Simulator } from './simulator.ts';
import { type Business, ada, number, otherNumber, post, startBoth, text } from './test-business.ts';

let simulator: Simulator;
let business: Business;
let lastInbound: string;

beforeAll(async () => {
  ({ simulator, business } = await startBoth({ pairBurst: 1_000, perSecond: 1_000 }));
});

beforeEach(() => {
  lastInbound = simulator.control.write({ phone: ada.phone, phoneNumberId: '7001', text: 'Hi' });
});

afterAll(async () => {
  await simulator.close();
  business.close();
});

async function refused(response: Promise<Response>) {
  const answer = await response;
  return [answer.status, ((await answer.json()) as ErrorResponse).error.code];
}

describe('sending a text', () => {
  it('is answered as Meta does', async () => {
    const response = await post(simulator, { ...text, context: { message_id: lastInbound }, biz_opaque_callback_data: 'our-id' });
    expect(response.status).toBe(200);
    const body = (await response.json()) as SendResponse;
    expect(body).toEqual({
      messaging_product: 'whatsapp',
      contacts: [{ input: '+4915550001', wa_id: '4915550001' }],
      messages: [{ id: expect.stringMatching(/^wamid\.[\w-]{20,}$/) }],
    });
    const logged = {
      id: body.messages[0]?.id,
      phoneNumberId: '7001',
      to: '4915550001',
      text: 'Hello',
      opaque: 'our-id',
      replyToId: lastInbound,
    };
    expect(simulator.control.accepted.at(-1)).toMatchObject(logged);
  });

  it('puts the country code of the business before a number without a plus', async () => {
    const body = (await (await post(simulator, { ...text, to: '15550001' })).json()) as SendResponse;
    expect(body.contacts).toEqual([{ input: '15550001', wa_id: '4915550001' }]);
  });

  it('takes a user id instead of a number', async () => {
    const grace = { phone: '+4915550002', phoneNumberId: '7001', userId: 'DE.4410A', text: 'Hi' };
    simulator.control.write(grace);
    const body = (await (await post(simulator, { ...text, to: undefined, recipient: 'DE.4410A' })).json()) as SendResponse;
    expect(body.contacts).toEqual([{ input: 'DE.4410A', user_id: 'DE.4410A' }]);
    expect(simulator.control.chat('7001', grace.phone).at(-1)).toMatchObject({ from: 'business', text: 'Hello' });
  });

  it('tells nothing of a number that it does not know', async () => {
    expect((await post(simulator, { ...text, to: undefined, recipient: 'DE.99STRANGER' })).status).toBe(200);
    await simulator.control.settle();
    const status = business.statuses().findLast(({ recipient_user_id: user }) => user === 'DE.99STRANGER');
    expect(status).toMatchObject({ status: 'failed', errors: [{ code: 131047 }] });
    expect(status).not.toHaveProperty('recipient_id');
  });

  it.each<[string, object | string, number, number]>([
    ['no JSON', '{', 400, 100],
    ['another product', { ...text, messaging_product: 'messenger' }, 400, 100],
    ['another recipient type', { ...text, recipient_type: 'group' }, 400, 100],
    ['an unknown field', { ...text, priority: 1 }, 400, 100],
    ['an unknown field of the text', { ...text, text: { body: 'x', bold: true } }, 400, 100],
    ['no recipient', { ...text, to: undefined }, 400, 131008],
    ['no phone number', { ...text, to: 'ada' }, 400, 131009],
    ['no user id', { ...text, to: undefined, recipient: '4915550001' }, 400, 131009],
    ['the number itself', { ...text, to: '+493055501' }, 400, 131021],
    ['another type', { ...text, type: 'hologram' }, 400, 131051],
    ['no text', { ...text, text: undefined }, 400, 131008],
    ['an empty text', { ...text, text: { body: ' ' } }, 400, 131008],
    ['a text of 4,097 characters', { ...text, text: { body: '😀'.repeat(4097) } }, 400, 131009],
    ['an unknown context', { ...text, context: { message_id: 'wamid.NONE' } }, 400, 131009],
    ['an overlong callback', { ...text, biz_opaque_callback_data: 'x'.repeat(513) }, 400, 100],
  ])('is refused with %s', async (_name, body, httpStatus, code) => {
    const before = simulator.control.accepted.length;
    expect(await refused(post(simulator, body))).toEqual([httpStatus, code]);
    expect(simulator.control.accepted).toHaveLength(before);
  });

  it('takes 4,096 characters, counted as people do', async () => {
    expect((await post(simulator, { ...text, text: { body: '😀'.repeat(4096) } })).status).toBe(200);
  });

  it("needs the number's own token", async () => {
    for (const token of ['wrong', otherNumber.token]) expect(await refused(post(simulator, text, token))).toEqual([401, 190]);
    const bare = fetch(`${simulator.url}/v26.0/7001/messages`, { method: 'POST', body: JSON.stringify(text) });
    expect(await refused(bare)).toEqual([401, 190]);
  });

  it('answers an unknown number as Meta answers unknown objects', async () => {
    const response = await post(simulator, text, number.token, '/v26.0/6666/messages');
    expect(response.status).toBe(400);
    const { error } = (await response.json()) as ErrorResponse;
    expect(error).toMatchObject({ code: 100, error_subcode: 33, type: 'GraphMethodException' });
    expect(error.message).toContain("Object with ID '6666' does not exist");
  });

  it('refuses more than the number and the pair may send', async () => {
    const { simulator: strict, business: listening } = await startBoth({ perSecond: 5, pairBurst: 3, trustUnseen: true });
    const toAda = await Promise.all(Array.from({ length: 4 }, () => post(strict, text)));
    expect(toAda.map((response) => response.status).toSorted()).toEqual([200, 200, 200, 400]);
    expect(await refused(post(strict, text))).toEqual([400, 131056]);
    const toOthers = await Promise.all(
      Array.from({ length: 4 }, (_, index) => post(strict, { ...text, to: `+491555100${index}` })),
    );
    const codes = await Promise.all(
      toOthers.map(async (response) => ((await response.json()) as Partial<ErrorResponse>).error?.code),
    );
    expect(codes.filter((code) => code === 130429).length).toBeGreaterThanOrEqual(1);
    await strict.close();
    listening.close();
  });
});

describe('read receipts', () => {
  it('are taken for known messages, with or without typing', async () => {
    const receipt = { messaging_product: 'whatsapp', status: 'read', message_id: lastInbound };
    expect(await (await post(simulator, receipt)).json()).toEqual({ success: true });
    expect((await post(simulator, { ...receipt, typing_indicator: { type: 'text' } })).status).toBe(200);
    expect(simulator.control.receipts.map(({ messageId, isTyping }) => [messageId, isTyping])).toEqual([
      [lastInbound, false],
      [lastInbound, true],
    ]);
    expect(await refused(post(simulator, { ...receipt, message_id: 'wamid.NONE' }))).toEqual([400, 131009]);
    expect(await refused(post(simulator, { ...receipt, status: 'eaten' }))).toEqual([400, 100]);
  });
});

describe('looking up a number', () => {
  const get = (path: string, token = number.token) =>
    fetch(simulator.url + path, { headers: { authorization: `Bearer ${token}` } });

  it('gives the asked fields', async () => {
    const fields = await get('/v26.0/7001?fields=display_phone_number,verified_name,nonsense');
    expect(await fields.json()).toEqual({ id: '7001', display_phone_number: '+49 30 55501', verified_name: 'Shop' });
    expect(await (await get('/v25.0/7001')).json()).toMatchObject({ id: '7001', quality_rating: 'GREEN' });
  });

  it('refuses other tokens, unknown ids and unknown paths', async () => {
    expect(await refused(get('/v26.0/7001', 'T2'))).toEqual([401, 190]);
    expect(await refused(get('/v26.0/6666'))).toEqual([400, 100]);
    expect(await refused(get('/nowhere'))).toEqual([400, 2500]);
  });
});
