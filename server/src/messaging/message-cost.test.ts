import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp, type TestTenant } from '../../test/harness/app.ts';
import { ask, postWebhook, until } from '../../test/harness/client.ts';
import { rowsOf } from '../../test/harness/messaging.ts';
import { LOGIN_CODE, ORDER_READY, SPRING_SALE } from '../../test/harness/templates.ts';

const SEND =
  'mutation($input: SendMessageInput!) { sendMessage(input: $input) { message { id cost { category priceType amount currency isEstimate } } userErrors { code message field } } }';
const MESSAGE =
  'query($id: ID!) { message(id: $id) { status text cost { category priceType amount currency isEstimate } template { name buttons { type url } } } }';
const PRICE = 'query($input: MessagePriceInput!) { messagePrice(input: $input) { category priceType market amount currency } }';
const WINDOWS = '{ conversations { nodes { id contact { name } window { isOpen openedBy openedAt closesAt freeUntilAt } } } }';

let app: TestApp;
let alpha: TestTenant;
const asOwner = (query: string, variables?: object) =>
  ask(app.url, { apiKey: alpha.apiKeys['owner'] as string }, query, variables);
const months = () => rowsOf<{ service_messages: number }>(app.services, alpha.id, 'select service_messages from number_month');

async function write(person: { phone?: string; userId?: string; name: string; referral?: object }): Promise<string> {
  app.simulator.control.write({ phoneNumberId: alpha.phoneNumberId, text: `From ${person.name}`, ...person });
  return until(async () => {
    const { data } = await asOwner(WINDOWS);
    return data?.conversations.nodes.find((node: { contact: { name: string } }) => node.contact.name === person.name)?.id;
  });
}

async function send(input: object) {
  const { data, errors } = await asOwner(SEND, { input: { idempotencyKey: randomUUID(), ...input } });
  expect(errors).toBeUndefined();
  return data?.sendMessage;
}

const read = async (id: string) => {
  const message = await until(async () => {
    const found = (await asOwner(MESSAGE, { id })).data?.message;
    return found.status === 'READ' ? found : null;
  }, 15_000);
  return message;
};

let templates: Record<string, string>;

beforeAll(async () => {
  app = await startTestApp({ templates: [ORDER_READY, SPRING_SALE, LOGIN_CODE] });
  [alpha] = app.tenants;
  await asOwner('mutation($input: SyncTemplatesInput!) { syncTemplates(input: $input) { userErrors { code } } }', {
    input: { whatsappNumberId: alpha.numberId },
  });
  const { data } = await asOwner('{ templates { nodes { id name } } }');
  templates = Object.fromEntries(data?.templates.nodes.map((node: { id: string; name: string }) => [node.name, node.id]));
});

afterAll(() => app.close());

describe('what a message costs', () => {
  it('is free for the first thousand free-form messages of a number in a month, then the utility rate of the customer’s country', async () => {
    const conversationId = await write({ phone: '+966501110001', name: 'Sara' });
    const asked = { input: { conversationId } };
    expect((await asOwner(PRICE, asked)).data?.messagePrice).toEqual({
      category: 'SERVICE',
      priceType: 'FREE_MONTHLY_ALLOWANCE',
      market: 'Saudi Arabia',
      amount: 0,
      currency: 'USD',
    });
    await useUp(1000);
    expect((await asOwner(PRICE, asked)).data?.messagePrice).toMatchObject({ priceType: 'REGULAR', amount: 0.0107 });
    const { message } = await send({ conversationId, text: 'Here you are' });
    expect(message.cost).toEqual({
      category: 'SERVICE',
      priceType: 'REGULAR',
      amount: 0.0107,
      currency: 'USD',
      isEstimate: true,
    });
    expect((await read(message.id)).cost).toEqual({ ...message.cost, isEstimate: false });
    expect(await months()).toEqual([{ service_messages: 1001 }]);
  });

  it('is booked once, however often and in whatever order its statuses come', async () => {
    const conversationId = await write({ phone: '+966501110002', name: 'Omar' });
    const before = (await months())[0]?.service_messages ?? 0;
    const { message } = await send({ conversationId, text: 'Once' });
    await read(message.id);
    await app.simulator.control.settle();
    const sent = app.simulator.control.accepted.find((one) => one.text === 'Once');
    for (const status of ['read', 'delivered', 'sent', 'delivered'])
      await report(sent?.id ?? '', status, { category: 'marketing', type: 'regular' });
    const late = await write({ phone: '+966501110003', name: 'Later' });
    expect(late).toBeTruthy();
    expect((await asOwner(MESSAGE, { id: message.id })).data?.message.cost).toMatchObject({
      category: 'SERVICE',
      isEstimate: false,
    });
    expect((await months())[0]?.service_messages).toBe(before + 1);
  });

  it('is known by the country in the user id of those who hide their phone', async () => {
    const conversationId = await write({ userId: 'DE.4410A', name: 'Ada' });
    const { data } = await asOwner(PRICE, { input: { conversationId, templateId: templates['order_ready'] } });
    expect(data?.messagePrice).toEqual({
      category: 'UTILITY',
      priceType: 'REGULAR',
      market: 'Germany',
      amount: 0.055,
      currency: 'USD',
    });
  });

  it('can be asked for a contact and a number, as it can be sent', async () => {
    const conversationId = await write({ userId: 'DE.4410B', name: 'Bo' });
    const query = 'query($id: ID!) { conversation(id: $id) { contact { id } } }';
    const contactId = (await asOwner(query, { id: conversationId })).data?.conversation.contact.id as string;
    const price = async (input: object) =>
      (await asOwner(PRICE, { input: { templateId: templates['order_ready'], ...input } })).data?.messagePrice;
    const whatsappNumberId = alpha.numberId;
    expect(await price({ contactId, whatsappNumberId })).toEqual(await price({ conversationId }));
    expect(await price({ contactId, whatsappNumberId })).toMatchObject({ market: 'Germany', amount: 0.055 });
    expect(await price({ contactId: randomUUID(), whatsappNumberId })).toBeNull();
    for (const wrong of [{ contactId }, { contactId, conversationId }, { contactId, to: '+201001234567', whatsappNumberId }])
      expect((await asOwner(PRICE, { input: wrong })).errors?.[0]?.extensions?.['code']).toBe('BAD_USER_INPUT');
  });

  it('can be asked for a phone that nobody knows yet', async () => {
    const { data } = await asOwner(PRICE, {
      input: { to: '+201001234567', whatsappNumberId: alpha.numberId, templateId: templates['spring_sale'] },
    });
    expect(data?.messagePrice).toMatchObject({ category: 'MARKETING', market: 'Egypt', amount: 0.0644 });
    const { errors } = await asOwner(PRICE, { input: { to: '+201001234567' } });
    expect(errors?.[0]?.extensions?.['code']).toBe('BAD_USER_INPUT');
  });

  it('is final when statuses came before WhatsApp’s answer was stored', async () => {
    const conversationId = await write({ phone: '+966501110004', name: 'Parked' });
    app.simulator.control.fault({ kind: 'status-first' }, { next: 1 });
    const { message } = await send({ conversationId, text: 'Parked first' });
    expect((await read(message.id)).cost).toMatchObject({ category: 'SERVICE', isEstimate: false });
  });
});

describe('a template', () => {
  it('is sent with its values in their places, and charged by its category', async () => {
    const conversationId = await write({ phone: '+971501110001', name: 'Layla' });
    const { message, userErrors } = await send({
      conversationId,
      template: {
        templateId: templates['order_ready'],
        body: [
          { name: '1', value: 'Layla' },
          { name: '2', value: 'A77' },
        ],
        buttons: [{ index: 1, value: 'A77' }],
      },
    });
    expect(userErrors).toEqual([]);
    expect(message.cost).toMatchObject({ category: 'UTILITY', priceType: 'REGULAR', amount: 0.0157, isEstimate: true });
    expect(await read(message.id)).toMatchObject({
      text: 'Hi Layla, your order A77 is ready.',
      template: { name: 'order_ready', buttons: [{ type: 'QUICK_REPLY' }, { type: 'URL', url: 'https://shop.example/t/A77' }] },
      cost: { category: 'UTILITY', priceType: 'REGULAR', amount: 0.0157, isEstimate: false },
    });
  });

  it.each([
    ['a variable is missing', { body: [{ name: '1', value: 'Layla' }] }, ['template', 'body']],
    ['a variable is unknown', { body: [{ name: 'first', value: 'Layla' }] }, ['template', 'body']],
    [
      'a value has line breaks',
      {
        body: [
          { name: '1', value: 'a\nb' },
          { name: '2', value: 'c' },
        ],
      },
      ['template', 'body'],
    ],
    [
      'the text becomes too long',
      {
        body: [
          { name: '1', value: 'x'.repeat(1100) },
          { name: '2', value: 'c' },
        ],
        buttons: [{ index: 1, value: 'A77' }],
      },
      ['template', 'body'],
    ],
    [
      'a button is not filled in',
      {
        body: [
          { name: '1', value: 'a' },
          { name: '2', value: 'c' },
        ],
      },
      ['template', 'buttons'],
    ],
    ['a file is given that it does not show', { headerMediaId: randomUUID() }, ['template', 'headerMediaId']],
  ])('is refused before Meta refuses it when %s', async (_why, values, field) => {
    const conversationId = await write({ phone: '+971501110001', name: 'Layla' });
    const { userErrors } = await send({ conversationId, template: { templateId: templates['order_ready'], ...values } });
    expect(userErrors).toMatchObject([{ code: 'TEMPLATE_VALUES_WRONG', field }]);
  });

  it('needs its picture', async () => {
    const conversationId = await write({ phone: '+971501110001', name: 'Layla' });
    const template = { templateId: templates['spring_sale'], body: [{ name: 'first_name', value: 'ليلى' }] };
    const { userErrors } = await send({ conversationId, template });
    expect(userErrors).toMatchObject([{ code: 'TEMPLATE_VALUES_WRONG', field: ['template', 'headerMediaId'] }]);
  });
});

describe('a customer who came by an advertisement', () => {
  it('is written to for nothing for 72 hours from our first answer', async () => {
    const conversationId = await write({
      phone: '+4915110000099',
      name: 'Adele',
      referral: { source_type: 'ad', source_id: '1' },
    });
    const windowOf = async () =>
      (await asOwner(WINDOWS)).data?.conversations.nodes.find((node: { id: string }) => node.id === conversationId).window;
    expect(await windowOf()).toMatchObject({ isOpen: true, openedBy: 'ADVERTISEMENT', freeUntilAt: null });
    const { message } = await send({ conversationId, text: 'Welcome' });
    expect(message.cost).toMatchObject({ category: 'SERVICE', priceType: 'FREE_ENTRY_POINT', amount: 0 });
    const window = await windowOf();
    const hours = (new Date(window.freeUntilAt).getTime() - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(71.9);
    expect(hours).toBeLessThan(72.1);
    const { data } = await asOwner(PRICE, { input: { conversationId, templateId: templates['spring_sale'] } });
    expect(data?.messagePrice).toMatchObject({ category: 'MARKETING', priceType: 'FREE_ENTRY_POINT', amount: 0 });
    expect((await read(message.id)).cost).toMatchObject({ priceType: 'FREE_ENTRY_POINT', amount: 0, isEstimate: false });
  });
});

/** As if the number had sent so many this month. */
async function useUp(count: number): Promise<void> {
  const connection = await app.services.database.worker.connect();
  try {
    await connection.query('begin');
    await connection.query(`select set_config('app.tenant_ids', $1, true)`, [`{${alpha.id}}`]);
    await connection.query(
      `insert into number_month (tenant_id, number_id, month, service_messages) values ($1, $2, date_trunc('month', cube_now() at time zone 'UTC'), $3)`,
      [alpha.id, alpha.numberId, count],
    );
    await connection.query('commit');
  } finally {
    connection.release();
  }
}

async function report(id: string, status: string, pricing: object): Promise<void> {
  const value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '49305550100', phone_number_id: alpha.phoneNumberId },
    statuses: [
      {
        id,
        status,
        timestamp: String(Math.floor(Date.now() / 1000)),
        recipient_id: '966501110002',
        pricing: { pricing_model: 'PMP', ...pricing },
      },
    ],
  };
  const body = { object: 'whatsapp_business_account', entry: [{ id: '9001', changes: [{ field: 'messages', value }] }] };
  expect(await postWebhook(app.url, JSON.stringify(body))).toBe(200);
}
