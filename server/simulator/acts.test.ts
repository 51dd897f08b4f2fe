import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SendResponse, WireOtherMessage } from '../src/whatsapp/wire.ts';
import { SAMPLE_NAMES } from './samples.ts';
import type { Simulator } from './simulator.ts';
import type { SimulatedTemplate } from './templates.ts';
import { type Business, ada, number, otherNumber, post, startBoth, text, valuesOf } from './test-business.ts';

const templates: SimulatedTemplate[] = [
  {
    wabaId: '9001',
    name: 'choice',
    language: 'en_US',
    category: 'UTILITY',
    components: [
      { type: 'BODY', text: 'Is it right?' },
      { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Yes' }, { type: 'REQUEST_CONTACT_INFO' }] },
    ],
  },
];
let simulator: Simulator;
let business: Business;

beforeAll(async () => {
  ({ simulator, business } = await startBoth({ trustUnseen: true, pairBurst: 1_000 }, { templates }));
});

afterAll(async () => {
  await simulator.close();
  business.close();
});

const customer = { phone: ada.phone, phoneNumberId: '7001' };

async function last(): Promise<WireOtherMessage> {
  await simulator.control.settle();
  return business.messages().at(-1) as WireOtherMessage;
}

const { text: _, ...frame } = text;

async function sent(content: object): Promise<string> {
  const response = await post(simulator, { ...frame, ...content });
  return ((await response.json()) as SendResponse).messages[0]!.id;
}

describe('customers', () => {
  it.each([
    ['jpeg', 'image', { mime_type: 'image/jpeg', caption: 'Look' }],
    ['png', 'image', { mime_type: 'image/png', caption: 'Look' }],
    ['webp', 'sticker', { mime_type: 'image/webp', animated: false }],
    ['mp4', 'video', { mime_type: 'video/mp4', caption: 'Look' }],
    ['ogg', 'audio', { mime_type: 'audio/ogg; codecs=opus', voice: true }],
    ['pdf', 'document', { mime_type: 'application/pdf', filename: 'invoice.pdf', caption: 'Look' }],
  ] as const)('send a file: %s as %s', async (sample, type, content) => {
    const id = simulator.control.write({ ...customer, text: 'Look', media: { sample } });
    const message = (await last()) as unknown as Record<string, { id: string; url: string }>;
    expect(message).toMatchObject({ id, type, [type]: { ...content, sha256: expect.stringMatching(/^[\w+/]{43}=$/) } });
    const file = message[type]!;
    const fetched = await fetch(file.url, { headers: { authorization: `Bearer ${number.token}` } });
    expect(Buffer.from(await fetched.arrayBuffer()).equals(simulator.control.media(file.id)!.bytes)).toBe(true);
    expect(simulator.control.chat('7001', ada.phone).at(-1)).toMatchObject({ id, type, mediaId: file.id });
    expect(SAMPLE_NAMES).toContain(sample);
  });

  it.each<[string, unknown, string]>([
    ['location', { latitude: 52.5, longitude: 13.4, name: 'Shop' }, 'Shop'],
    ['contacts', [{ name: { formatted_name: 'B J' } }], 'B J'],
    ['order', { catalog_id: '31', text: 'please', product_items: [] }, 'please'],
    ['unsupported', { type: 'poll_creation' }, ''],
  ])('send %s', async (type, content, shown) => {
    simulator.control.write({ ...customer, type, content });
    const message = await last();
    expect(message).toMatchObject({ type, [type]: content });
    expect(message.errors?.[0]?.code).toBe(type === 'unsupported' ? 131051 : undefined);
    expect(simulator.control.chat('7001', ada.phone).at(-1)).toMatchObject({ type, text: shown });
  });

  it('answer, forward, ask for a product, and come by advertisements', async () => {
    simulator.control.write({ ...customer, text: 'x', forwarded: 'often' });
    expect((await last()).context).toEqual({ frequently_forwarded: true });
    const product = { catalog_id: '31', product_retailer_id: 'sku-7' };
    simulator.control.write({ ...customer, text: 'x', replyToId: 'wamid.O', product });
    expect((await last()).context).toEqual({ from: '493055501', id: 'wamid.O', referred_product: product });
    simulator.control.write({ ...customer, text: 'x', referral: { source_type: 'ad', ctwa_clid: 'A' } });
    expect((await last()).referral).toEqual({ source_type: 'ad', ctwa_clid: 'A' });
  });

  it('react and take that back, edit, and revoke', async () => {
    const messageId = await sent({ type: 'text', text: { body: 'Hello' } });
    const shown = () => simulator.control.chat('7001', ada.phone).find(({ id }) => id === messageId)?.reactions;
    simulator.control.react({ ...customer, messageId, emoji: '👍' });
    expect(await last()).toMatchObject({ type: 'reaction', reaction: { message_id: messageId, emoji: '👍' } });
    expect(shown()).toEqual([{ from: 'customer', emoji: '👍' }]);
    simulator.control.react({ ...customer, messageId, emoji: null });
    expect((await last()).reaction).toEqual({ message_id: messageId });
    expect(shown()).toEqual([]);

    const own = simulator.control.write({ ...customer, text: 'Helo' });
    simulator.control.edit({ ...customer, messageId: own, text: 'Hello' });
    const edit = { original_message_id: own, message: { context: { id: 'M0' }, type: 'text', text: { body: 'Hello' } } };
    expect(await last()).toMatchObject({ type: 'edit', edit });
    simulator.control.revoke({ ...customer, messageId: own });
    expect(await last()).toMatchObject({ type: 'revoke', revoke: { original_message_id: own } });
    const chat = simulator.control.chat('7001', ada.phone);
    expect(chat.at(-1)).toMatchObject({ id: own, text: 'Hello', isEdited: true, isRevoked: true });
    expect(() => simulator.control.revoke({ ...customer, messageId })).toThrow(RangeError);
  });

  it('tap on buttons, rows, forms and templates', async () => {
    const body = { text: 'Pick' };
    const reply = { id: 'yes', title: 'Yes' };
    const rows = [{ id: 'r1', title: 'Row 1', description: 'More' }];
    const interactive = (content: object) => sent({ type: 'interactive', interactive: { body, ...content } });
    const buttons = await interactive({ type: 'button', action: { buttons: [{ type: 'reply', reply }] } });
    simulator.control.tap({ ...customer, messageId: buttons, id: 'yes' });
    expect(await last()).toMatchObject({
      type: 'interactive',
      interactive: { type: 'button_reply', button_reply: reply },
      context: { from: '493055501', id: buttons },
    });
    const list = await interactive({ type: 'list', action: { button: 'Open', sections: [{ rows }] } });
    simulator.control.tap({ ...customer, messageId: list, index: 0 });
    expect((await last()).interactive).toEqual({ type: 'list_reply', list_reply: rows[0] });
    const parameters = { flow_message_version: '3', flow_id: '1', flow_cta: 'Open', flow_token: 't1' };
    const flow = await interactive({ type: 'flow', action: { name: 'flow', parameters } });
    simulator.control.tap({ ...customer, messageId: flow, answers: { size: 'L' } });
    const { nfm_reply } = (await last()).interactive as { nfm_reply: { response_json: string } };
    expect(JSON.parse(nfm_reply.response_json)).toEqual({ flow_token: 't1', size: 'L' });

    const template = { name: 'choice', language: { code: 'en_US' } };
    const choice = await sent({ type: 'template', template });
    simulator.control.tap({ ...customer, messageId: choice, index: 0 });
    expect(await last()).toMatchObject({ type: 'button', button: { payload: 'Yes', text: 'Yes' }, context: { id: choice } });
    simulator.control.tap({ ...customer, messageId: choice, index: 1 });
    expect((await last()).contacts).toMatchObject([{ origin: 'contact_request' }]);
    expect(() => simulator.control.tap({ ...customer, messageId: choice, index: 2 })).toThrow(RangeError);
  });

  it('stop and resume marketing, which lets it fail meanwhile', async () => {
    simulator.control.prefer({ ...customer, value: 'stop' });
    await simulator.control.settle();
    const change = business.webhooks.at(-1)?.envelope.entry[0]?.changes[0];
    expect(change).toMatchObject({
      field: 'user_preferences',
      value: {
        metadata: { phone_number_id: '7001' },
        user_preferences: [{ wa_id: '4915550001', category: 'marketing_messages', value: 'stop', timestamp: expect.any(Number) }],
      },
    });
    simulator.control.prefer({ ...customer, value: 'resume' });
  });

  it('call, which opens the window', async () => {
    const phone = '+4915550088';
    simulator.control.settings.trustUnseen = false;
    simulator.control.call({ phone, phoneNumberId: '7001' });
    expect(simulator.control.chatState('7001', phone)).toMatchObject({ isWindowOpen: true, closesAt: expect.any(Number) });
    simulator.control.settings.trustUnseen = true;
  });
});

describe('people who hide their phone', () => {
  const hidden = { userId: 'DE.55HIDDEN', phoneNumberId: '7001' };

  it('write and are written to without one', async () => {
    simulator.control.write({ ...hidden, username: 'grace.h', name: 'Grace', text: 'Hi' });
    const message = await last();
    expect(message).toMatchObject({ from_user_id: 'DE.55HIDDEN' });
    expect(message).not.toHaveProperty('from');
    expect(valuesOf(business.webhooks).at(-1)?.contacts).toEqual([
      { profile: { name: 'Grace', username: 'grace.h' }, user_id: 'DE.55HIDDEN' },
    ]);
    const response = await post(simulator, { ...text, to: undefined, recipient: 'DE.55HIDDEN' });
    expect(((await response.json()) as SendResponse).contacts).toEqual([{ input: 'DE.55HIDDEN', user_id: 'DE.55HIDDEN' }]);
    await simulator.control.settle();
    const status = business.statuses().findLast(({ recipient_user_id: user }) => user === 'DE.55HIDDEN');
    expect(status).toMatchObject({ status: 'read' });
    expect(status).not.toHaveProperty('recipient_id');
    expect(simulator.control.chat('7001', 'DE.55HIDDEN').map(({ from }) => from)).toEqual(['customer', 'business']);
  });

  it('get another user id, by a system message that keeps their chat', async () => {
    simulator.control.changeIdentity({ ...hidden, newUserId: 'DE.56NEW' });
    const message = await last();
    expect(message).toMatchObject({
      type: 'system',
      system: { type: 'user_changed_user_id', user_id: 'DE.56NEW', previous_user_id: 'DE.55HIDDEN' },
    });
    expect(message).not.toHaveProperty('from');
    expect(valuesOf(business.webhooks).at(-1)).not.toHaveProperty('contacts');
    expect(simulator.control.chat('7001', 'DE.56NEW')).toHaveLength(2);
  });

  it('or, with a phone, another number and id', async () => {
    const before = { phone: '+4915550066', userId: 'DE.66OLD', phoneNumberId: '7001' };
    simulator.control.write({ ...before, text: 'Hi' });
    simulator.control.changeIdentity({ ...before, newPhone: '+4915550067', newUserId: 'DE.67NEW' });
    expect(await last()).toMatchObject({
      from: '4915550066',
      type: 'system',
      system: { type: 'user_changed_number', wa_id: '4915550067', user_id: 'DE.67NEW', previous_user_id: 'DE.66OLD' },
    });
    expect(simulator.control.chat('7001', '+4915550067')).toHaveLength(1);
    simulator.control.changeIdentity({ phone: '+4915550067', phoneNumberId: '7001', newUserId: 'DE.68', isLegacy: true });
    await simulator.control.settle();
    expect(business.webhooks.at(-1)?.envelope.entry[0]?.changes[0]).toMatchObject({
      field: 'user_id_update',
      value: { user_id_update: [{ user_id: { previous: 'DE.67NEW', current: 'DE.68' } }] },
    });
  });
});

describe('Meta', () => {
  it('tells anything: each field with an example, unknown ones, faults of a number, raw bodies', async () => {
    const response = await fetch(`${simulator.url}/control/state`);
    const { fields } = (await response.json()) as { fields: string[] };
    expect(fields.length).toBeGreaterThan(30);
    for (const field of fields) expect(await simulator.control.tell({ phoneNumberId: '7001', field })).toBe(true);
    const told = business.webhooks.slice(-fields.length).map(({ envelope }) => envelope.entry[0]!);
    expect(told.map(({ changes }) => changes[0]?.field)).toEqual(fields);
    expect(told.find(({ changes }) => changes[0]?.field === 'account_update')).toHaveProperty('time');
    expect(told.find(({ changes }) => changes[0]?.field === 'history')).not.toHaveProperty('time');
    await simulator.control.tellError('7001', 130429);
    expect(valuesOf(business.webhooks).at(-1)?.errors).toMatchObject([{ code: 130429 }]);
    const raw = JSON.stringify({ object: 'whatsapp_business_account', entry: [] });
    expect(await simulator.control.postRaw(raw)).toBe(200);
    expect(business.webhooks.at(-1)?.isSigned).toBe(true);
    await simulator.control.postRaw(raw, { signature: 'sha256=00' });
    expect(business.webhooks.at(-1)?.isSigned).toBe(false);
  });

  it('echoes what the business writes on its phone', async () => {
    simulator.control.echo({ phone: ada.phone, phoneNumberId: otherNumber.phoneNumberId, text: 'From the phone' });
    await simulator.control.settle();
    expect(business.webhooks.at(-1)?.envelope.entry[0]).toMatchObject({
      id: '9002',
      changes: [
        {
          field: 'smb_message_echoes',
          value: { message_echoes: [{ from: '966115550102', to: '4915550001', type: 'text', text: { body: 'From the phone' } }] },
        },
      ],
    });
    expect(simulator.control.chat('7002', ada.phone).at(-1)).toMatchObject({ from: 'business', status: 'sent' });
  });
});
