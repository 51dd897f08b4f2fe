import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp, type TestTenant } from '../../test/harness/app.ts';
import { ask, until } from '../../test/harness/client.ts';
import { customersWrite } from '../../test/harness/customers.ts';
import { tenantQuery } from '../platform/tenant-query.ts';

const NUMBER = `{ id status name displayPhone quality nameStatus throughput messagesPerSecond isCoexistence syncedAt webhookUrl pausedReason pausedBy
  account { wabaId name currency messagingLimit } app { appId } profile { about websites } }`;
const CONNECT = `mutation($input: ConnectNumberInput!) { connectNumber(input: $input) { whatsappNumber ${NUMBER} userErrors { code message field metaCode } } }`;
const REPLACE = `mutation($input: ReplaceNumberTokenInput!) { replaceNumberToken(input: $input) { whatsappNumber ${NUMBER} userErrors { code field } } }`;
const REGISTER = `mutation($input: RegisterNumberInput!) { registerNumber(input: $input) { whatsappNumber { status isUnregistered } userErrors { code field } } }`;
const STATE = 'query($id: ID!) { whatsappNumber(id: $id) { status pausedReason isUnregistered } }';
const DISCONNECT = `mutation($input: DisconnectNumberInput!) { disconnectNumber(input: $input) { whatsappNumber { status } userErrors { code } } }`;
const SEND = 'mutation($input: SendMessageInput!) { sendMessage(input: $input) { message { id } userErrors { code } } }';

const SHOP = { phoneNumberId: '55501', wabaId: '9100', accessToken: 'token-of-the-shop' };
const APP = { appId: '424242', appSecret: 'secret-of-the-app', verifyToken: 'a-word-of-ours' };

let app: TestApp;
let alpha: TestTenant;
let beta: TestTenant;
const as = (tenant: TestTenant, query: string, input: object, role = 'owner') =>
  ask(app.url, { apiKey: tenant.apiKeys[role] ?? '' }, query, { input });
const connect = async (tenant: TestTenant, input: object) => (await as(tenant, CONNECT, input)).data?.connectNumber;

beforeAll(async () => {
  const at = { wabaId: SHOP.wabaId, token: SHOP.accessToken, businessId: '777' };
  app = await startTestApp({
    simulator: { messagingTier: 'TIER_2K' },
    numbers: [
      { ...at, phoneNumberId: SHOP.phoneNumberId, displayPhone: '+49 30 5550777', name: 'Corner shop' },
      { ...at, phoneNumberId: '55502', displayPhone: '+49 30 5550778', name: 'Corner shop by phone', isOnBizApp: true },
      { ...at, phoneNumberId: '55503', displayPhone: '+49 30 5550779', name: 'Elsewhere', wabaId: '9200' },
    ],
  });
  [alpha, beta] = app.tenants;
});
afterAll(() => app.close());

describe('connecting a number', () => {
  it('is refused with the reason when Meta does not accept the token, the number or the account', async () => {
    expect(await connect(alpha, { ...SHOP, accessToken: 'not-the-token' })).toMatchObject({
      whatsappNumber: null,
      userErrors: [
        {
          code: 'META_REFUSED',
          metaCode: 190,
          field: ['accessToken'],
          message: expect.stringContaining('access token') as string,
        },
      ],
    });
    expect(await connect(alpha, { ...SHOP, phoneNumberId: '404404' })).toMatchObject({
      userErrors: [{ code: 'META_REFUSED', metaCode: 33, message: expect.stringContaining('nothing with this id') as string }],
    });
    const elsewhere = await connect(alpha, { ...SHOP, phoneNumberId: '55503' });
    expect(elsewhere).toMatchObject({ userErrors: [{ code: 'BAD_INPUT', field: ['wabaId'] }] });
    expect(await connect(alpha, { ...SHOP, phoneNumberId: 'the shop' })).toMatchObject({
      userErrors: [{ code: 'BAD_INPUT', field: ['phoneNumberId'] }],
    });
  });

  it('says so when Meta cannot be reached, and keeps nothing', async () => {
    app.simulator.control.fault({ kind: 'http', status: 503 }, { percent: 100, on: 'numbers' });
    expect(await connect(alpha, SHOP)).toMatchObject({ userErrors: [{ code: 'META_UNREACHABLE' }] });
    app.simulator.control.clearFaults();
    const { data } = await as(alpha, '{ whatsappNumbers { id } }', {});
    expect(data?.whatsappNumbers).toHaveLength(1);
  });

  it('keeps what Meta says of it, its token sealed, and shows the token to nobody', async () => {
    const { whatsappNumber, userErrors } = await connect(alpha, { ...SHOP, app: APP });
    expect(userErrors).toEqual([]);
    expect(whatsappNumber).toMatchObject({
      status: 'CONNECTED',
      name: 'Corner shop',
      displayPhone: '+49 30 5550777',
      quality: 'GREEN',
      nameStatus: 'APPROVED',
      throughput: 'STANDARD',
      messagesPerSecond: 80,
      isCoexistence: false,
      account: { wabaId: '9100', messagingLimit: 2_000 },
      app: { appId: APP.appId },
      webhookUrl: `${app.url}/webhooks/whatsapp/${APP.appId}`,
    });
    const rows = await tenantQuery(app.services.database.app, alpha.id, (query) =>
      query<{ all: string }>(
        `select (select string_agg(n::text, ' ') from whatsapp_number n) || (select string_agg(a::text, ' ') from whatsapp_app a) as all`,
      ),
    );
    for (const secret of [SHOP.accessToken, APP.appSecret, APP.verifyToken])
      expect(Buffer.from((rows[0]?.all ?? '').replaceAll('\\\\x', ''), 'hex').includes(secret)).toBe(false);
  });

  it('is refused for a number that is connected, whoever has it', async () => {
    for (const tenant of [alpha, beta])
      expect(await connect(tenant, SHOP)).toMatchObject({ userErrors: [{ code: 'NUMBER_TAKEN', field: ['phoneNumberId'] }] });
  });

  it('gives several numbers to one company, slower ones where the phone app is in use', async () => {
    const { whatsappNumber } = await connect(alpha, { ...SHOP, phoneNumberId: '55502' });
    expect(whatsappNumber).toMatchObject({ isCoexistence: true, messagesPerSecond: 20, app: { appId: APP.appId } });
    const { data } = await as(alpha, '{ whatsappNumbers { account { wabaId } } }', {});
    expect(data?.whatsappNumbers.map((number: { account: { wabaId: string } }) => number.account.wabaId)).toEqual([
      '9001',
      '9100',
      '9100',
    ]);
  });

  it('is nothing for test keys where it would reach Meta itself', async () => {
    app.services.isMeta = true;
    expect(await connect(alpha, { ...SHOP, phoneNumberId: '55503' })).toMatchObject({ userErrors: [{ code: 'FORBIDDEN' }] });
    app.services.isMeta = false;
  });

  it('is done by those who manage numbers only', async () => {
    for (const role of ['agent', 'analyst', 'automation'])
      expect((await as(alpha, CONNECT, SHOP, role)).errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
  });
});

describe('a number that is not registered', () => {
  const branch = { ...SHOP, phoneNumberId: '55504' };
  const refuses = (code: string) => ({ whatsappNumber: null, userErrors: [{ code, field: ['pin'] }] });
  const register = async (tenant: TestTenant, whatsappNumberId: string, pin: string) =>
    (await as(tenant, REGISTER, { whatsappNumberId, pin })).data?.registerNumber;
  const state = async (tenant: TestTenant, id: string) =>
    (await ask(app.url, { apiKey: tenant.apiKeys['owner'] ?? '' }, STATE, { id })).data?.whatsappNumber;

  beforeAll(() => {
    const at = { wabaId: SHOP.wabaId, token: SHOP.accessToken, businessId: '777' };
    app.simulator.control.addNumber({ ...at, phoneNumberId: '55504', displayPhone: '+49 30 5550780', name: 'Branch' });
    app.simulator.control.setNumber('55504', { status: 'PENDING', pin: '482910' });
  });

  it('is not connected without its PIN', async () => {
    expect(await connect(alpha, branch)).toMatchObject(refuses('PIN_NEEDED'));
    expect(await connect(alpha, { ...branch, pin: '12345' })).toMatchObject(refuses('BAD_INPUT'));
    expect(await connect(alpha, { ...branch, pin: '111111' })).toMatchObject(refuses('PIN_WRONG'));
    const { data } = await as(alpha, '{ whatsappNumbers { phoneNumberId } }', {});
    expect(JSON.stringify(data)).not.toContain('55504');
  });

  it.each([
    [133006, 'NUMBER_NOT_VERIFIED'],
    [133008, 'PIN_LOCKED'],
    [133009, 'PIN_TOO_FAST'],
    [133015, 'REGISTRATION_TOO_SOON'],
    [133016, 'REGISTRATION_LIMIT_REACHED'],
    [100, 'META_REFUSED'],
  ])('is refused in words of its own when Meta answers %i', async (code, word) => {
    app.simulator.control.fault({ kind: 'answer', code }, { next: 1, on: 'registration' });
    expect(await connect(alpha, { ...branch, pin: '482910' })).toMatchObject(refuses(word));
  });

  it('is registered with its PIN while it is connected, and the PIN is kept nowhere', async () => {
    const { whatsappNumber, userErrors } = await connect(alpha, { ...branch, pin: ' 482910 ' });
    expect(userErrors).toEqual([]);
    expect(whatsappNumber).toMatchObject({ status: 'CONNECTED', name: 'Branch' });
    const [row] = await tenantQuery(app.services.database.app, alpha.id, (query) =>
      query<{ all: string }>(`select string_agg(n::text, ' ') as all from whatsapp_number n`),
    );
    expect(row?.all).not.toContain('482910');
    expect(row?.all).not.toContain(Buffer.from('482910').toString('hex'));
  });

  it('sends what waited once it is registered again', async () => {
    const { data } = await as(alpha, '{ whatsappNumbers { id phoneNumberId } }', {});
    const id: string = data?.whatsappNumbers.find((one: { phoneNumberId: string }) => one.phoneNumberId === '55504')?.id;
    const tenant = { ...alpha, phoneNumberId: '55504' };
    await customersWrite(app, tenant, [{ name: 'Cy', phone: '+4915550011', texts: ['Hello'] }]);
    app.simulator.control.setNumber('55504', { status: 'DISCONNECTED' });
    const write = { to: '+4915550011', whatsappNumberId: id, text: 'After a while', idempotencyKey: randomUUID() };
    expect((await as(alpha, SEND, write)).data?.sendMessage.userErrors).toEqual([]);
    await until(async () => (await state(alpha, id)).status === 'PAUSED');
    expect(await state(alpha, id)).toMatchObject({ pausedReason: 'This number is not registered', isUnregistered: true });
    expect(await register(alpha, id, '111111')).toMatchObject(refuses('PIN_WRONG'));
    expect((await state(alpha, id)).status).toBe('PAUSED');
    const done = { whatsappNumber: { status: 'CONNECTED', isUnregistered: false }, userErrors: [] };
    expect(await register(alpha, id, '482910')).toMatchObject(done);
    await until(() => app.simulator.control.accepted.some(({ text }) => text === 'After a while'), 10_000);
    expect((await register(beta, id, '482910')).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  });
});

describe('a new token', () => {
  it('is checked at Meta, and lets a number send again that Meta had stopped', async () => {
    app.simulator.control.write({ phoneNumberId: beta.phoneNumberId, phone: '+4915550009', name: 'Ada', text: 'Hello' });
    const conversationId = await until(
      async () => (await as(beta, '{ conversations { nodes { id } } }', {})).data?.conversations.nodes[0]?.id,
    );
    app.simulator.control.fault({ kind: 'answer', code: 190 }, { percent: 100 });
    await as(beta, SEND, { conversationId, text: 'Kept', idempotencyKey: randomUUID() });
    await until(async () => (await as(beta, '{ whatsappNumbers { status } }', {})).data?.whatsappNumbers[0].status === 'PAUSED');
    app.simulator.control.clearFaults();
    const refused = await as(beta, REPLACE, { whatsappNumberId: beta.numberId, accessToken: 'made-up' });
    expect(refused.data?.replaceNumberToken).toMatchObject({
      whatsappNumber: null,
      userErrors: [{ code: 'META_REFUSED', field: ['accessToken'] }],
    });
    const given = await as(beta, REPLACE, { whatsappNumberId: beta.numberId, accessToken: beta.token });
    expect(given.data?.replaceNumberToken).toMatchObject({
      whatsappNumber: { status: 'CONNECTED', pausedReason: null },
      userErrors: [],
    });
    await until(() => app.simulator.control.accepted.some(({ text }) => text === 'Kept'), 10_000);
  });

  it("cannot be given to another company's number", async () => {
    const { data } = await as(alpha, REPLACE, { whatsappNumberId: beta.numberId, accessToken: beta.token });
    expect(data?.replaceNumberToken.userErrors).toEqual([{ code: 'NOT_FOUND', field: ['whatsappNumberId'] }]);
  });
});

describe('disconnecting a number', () => {
  it('forgets its token, frees it for another company, and later words for it go there alone', async () => {
    const { data } = await as(alpha, '{ whatsappNumbers { id displayPhone } }', {});
    const mine = data?.whatsappNumbers.find((number: { displayPhone: string }) => number.displayPhone.endsWith('777'));
    const words = async (tenant: TestTenant) => {
      const answer = await as(tenant, '{ conversations(first: 100) { nodes { lastMessage { text } } } }', {});
      return answer.data?.conversations.nodes.map((node: { lastMessage: { text: string } | null }) => node.lastMessage?.text);
    };
    await customersWrite(app, { ...alpha, phoneNumberId: SHOP.phoneNumberId }, [
      { name: 'Bo', phone: '+4915550010', texts: ['While it was yours'] },
    ]);
    const gone = await as(alpha, DISCONNECT, { whatsappNumberId: mine.id });
    expect(gone.data?.disconnectNumber).toEqual({ whatsappNumber: { status: 'DISCONNECTED' }, userErrors: [] });
    expect((await connect(beta, SHOP)).userErrors).toEqual([]);
    await customersWrite(app, { ...beta, phoneNumberId: SHOP.phoneNumberId }, [
      { name: 'Bo', phone: '+4915550010', texts: ['Now it is theirs'] },
    ]);
    expect(await words(beta)).toContain('Now it is theirs');
    expect(await words(alpha)).not.toContain('Now it is theirs');
    expect(await words(alpha)).toContain('While it was yours');
  });

  it('can be undone: the number comes back with its conversations', async () => {
    const theirs = await as(beta, '{ whatsappNumbers { id displayPhone } }', {});
    const shop = theirs.data?.whatsappNumbers.find((number: { displayPhone: string }) => number.displayPhone.endsWith('777'));
    await as(beta, DISCONNECT, { whatsappNumberId: shop.id });
    const before = await as(alpha, '{ whatsappNumbers { id } }', {});
    const { whatsappNumber } = await connect(alpha, SHOP);
    expect(whatsappNumber.status).toBe('CONNECTED');
    expect((await as(alpha, '{ whatsappNumbers { id } }', {})).data).toEqual(before.data);
  });
});
