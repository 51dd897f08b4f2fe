import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { APP_SECRET, startTestApp, type TestApp, type TestTenant, VERIFY_TOKEN } from '../../test/harness/app.ts';
import { ask, postWebhook, until } from '../../test/harness/client.ts';
import { body, change, statusBody, text, textBody } from '../../test/harness/envelopes.ts';
import { executeOn } from '../../test/harness/execute-on.ts';
import { settle } from '../../test/harness/until.ts';
import { replayInbox } from '../messaging/replay-inbox.ts';
import { sign } from '../whatsapp/signature.ts';

const CONNECT = 'mutation($input: ConnectNumberInput!) { connectNumber(input: $input) { userErrors { code } } }';
const MESSAGES = '{ messages(first: 100) { nodes { text } } }';
const CREATED = '{ events(first: 100, kinds: [MESSAGE_CREATED]) { nodes { subjectId } } }';
const ALERTS = '{ events(first: 100, kinds: [SECURITY_ALERT]) { nodes { subjectId status } } }';
const SHOP = { phoneNumberId: '56601', wabaId: '9300', accessToken: 'token-of-the-shop' };
const APP = { appId: '717171', appSecret: 'secret-of-their-own-app', verifyToken: 'a-word-of-their-own' };

let app: TestApp;
let alpha: TestTenant;
let beta: TestTenant;
const as = (tenant: TestTenant, query: string, input?: object) =>
  ask(app.url, { apiKey: tenant.apiKeys['owner'] ?? '' }, query, { input });
const wordsOf = async (tenant: TestTenant) =>
  (await as(tenant, MESSAGES)).data?.messages.nodes.map((message: { text: string }) => message.text) as string[];

async function deliver(path: string, raw: Buffer, headers: Record<string, string>): Promise<number> {
  const response = await fetch(app.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: new Uint8Array(raw),
  });
  await response.arrayBuffer();
  return response.status;
}
const toOwnApp = (raw: Buffer, secret = APP.appSecret, appId = APP.appId) =>
  deliver(`/webhooks/whatsapp/${appId}`, raw, { 'x-hub-signature-256': sign(raw, secret) });
const shake = async (path: string, token: string) => {
  const response = await fetch(`${app.url}${path}?hub.mode=subscribe&hub.verify_token=${token}&hub.challenge=5501`);
  return [response.status, await response.text()];
};
const stored = async () => (await app.services.database.worker.query('select from webhook_inbox')).rowCount ?? 0;

beforeAll(async () => {
  app = await startTestApp({
    numbers: [
      {
        phoneNumberId: '56602',
        wabaId: '9301',
        token: 'token-of-the-other-shop',
        displayPhone: '+49 30 5550889',
        name: 'Other shop',
      },
      {
        phoneNumberId: SHOP.phoneNumberId,
        wabaId: SHOP.wabaId,
        token: SHOP.accessToken,
        displayPhone: '+49 30 5550888',
        name: 'Corner shop',
      },
    ],
  });
  [alpha, beta] = app.tenants;
  const { data } = await as(alpha, CONNECT, { ...SHOP, app: APP });
  expect(data?.connectNumber.userErrors).toEqual([]);
});
afterAll(() => app.close());

describe('a webhook', () => {
  it('whose signature is missing, short, of another kind, wrong, or over the same JSON written anew is refused and not stored', async () => {
    const raw = Buffer.from(`{"object": "whatsapp_business_account", "entry": [ ]}`);
    const before = await stored();
    const right = sign(raw, APP_SECRET);
    for (const signature of [
      '',
      right.slice(0, -2),
      right.replace('sha256', 'sha1'),
      right.slice(7),
      sign(raw, 'another secret'),
      sign(JSON.stringify(JSON.parse(raw.toString())), APP_SECRET),
      `${right},${right}`,
    ])
      expect(await postWebhook(app.url, raw, signature), signature).toBe(401);
    expect(await deliver('/webhooks/whatsapp', raw, {})).toBe(401);
    expect(await stored()).toBe(before);
    expect(await postWebhook(app.url, raw)).toBe(200);
    expect(await stored()).toBe(before + 1);
  });

  it('of more than three megabytes is refused unread, and one of exactly three is taken', async () => {
    const frame = JSON.stringify({ object: 'whatsapp_business_account', entry: [], filler: '' });
    const of = (size: number) => Buffer.from(frame.replace('"filler":""', `"filler":"${'x'.repeat(size - frame.length)}"`));
    expect(await postWebhook(app.url, of(3 * 1024 * 1024 + 1))).toBe(413);
    expect(await postWebhook(app.url, of(3 * 1024 * 1024))).toBe(200);
  });

  it('that comes in pieces without saying how long it is is measured all the same, and one that breaks off is not stored', async () => {
    const piece = Buffer.alloc(1024 * 1024, 'x');
    const inPieces = (pieces: readonly Buffer[]) =>
      request(`${app.url}/webhooks/whatsapp`, {
        method: 'POST',
        headers: { 'x-hub-signature-256': sign(Buffer.concat(pieces), APP_SECRET) },
        body: Readable.from(pieces),
      });
    const before = await stored();
    expect((await inPieces([piece, piece, piece, piece])).statusCode).toBe(413);
    expect((await inPieces([piece, Buffer.from('the end')])).statusCode).toBe(200);
    expect(await stored()).toBe(before + 1);
    const socket = connect(Number(new URL(app.url).port), '127.0.0.1');
    socket.write(
      `POST /webhooks/whatsapp HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\nx-hub-signature-256: ${sign('{}', APP_SECRET)}\r\n\r\n{`,
    );
    await settle();
    socket.destroy();
    await settle();
    expect(await stored()).toBe(before + 1);
  });

  it('that is signed rubbish is taken, so that Meta does not bring it for a week', async () => {
    for (const rubbish of [
      'not json',
      '',
      'null',
      `{"object":"whatsapp_business_account","entry":${'['.repeat(10_000)}${']'.repeat(10_000)}}`,
      '{"__proto__":{"polluted":true},"constructor":{"prototype":{}},"object":"whatsapp_business_account","entry":{}}',
      '{"object":"whatsapp_business_account","entry":[{"id":true,"changes":"many"}]}',
      '{"object":"whatsapp_business_account","entry":[{"id":"9001","changes":[{"field":"never_heard_of","value":{"a":[1]}}]}]}',
      '\u0000\ufffe"',
    ])
      expect(await postWebhook(app.url, rubbish), rubbish.slice(0, 60)).toBe(200);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('that comes a hundred times at once is answered 200 each time, and is one message and one event', async () => {
    const raw = textBody(beta.phoneNumberId, 'wamid.hundred', '4915551100', 'A hundred times');
    const before = await stored();
    const answers = await Promise.all(Array.from({ length: 100 }, () => postWebhook(app.url, raw)));
    expect(new Set(answers)).toEqual(new Set([200]));
    await until(async () => (await wordsOf(beta)).includes('A hundred times'));
    await settle();
    expect((await wordsOf(beta)).filter((words) => words === 'A hundred times')).toHaveLength(1);
    expect((await as(beta, CREATED)).data?.events.nodes).toHaveLength(1);
    expect(await stored()).toBe(before + 1);
  });

  it('is counted in /metrics by its field and what became of it, and never by whose it is', async () => {
    const figures = async () => (await fetch(`${app.url}/metrics`)).text();
    await until(async () => /cube_webhook_changes\{field="messages",outcome="handled"\} \d+/.test(await figures()));
    await postWebhook(app.url, body(change('404', { messages: [text('wamid.404', '4915550001', 'nobody')] })));
    await until(async () => (await figures()).includes('cube_webhook_changes{field="messages",outcome="nobody"}'));
    const metrics = await figures();
    expect(metrics).toContain('cube_webhook_changes{field="unknown",outcome="ignored"}');
    expect(metrics).not.toContain('never_heard_of');
    // Totals, of which a rate can be taken also over a restart.
    const types = [...metrics.matchAll(/# TYPE cube_((?:webhook|ingest|sends)_\w+) (\w+)/g)].map(([, name, type]) => [
      name,
      type,
    ]);
    expect(types.length).toBeGreaterThan(8);
    expect(types.filter(([, type]) => type !== 'counter')).toEqual([]);
    expect(await figures()).toContain(/cube_webhook_changes\{field="messages",outcome="nobody"\} \d+/.exec(metrics)?.[0]);
    expect(metrics).not.toContain(alpha.id);
  });
});

describe("a tenant's own app", () => {
  it('passes the handshake with its own word and no other', async () => {
    expect(await shake(`/webhooks/whatsapp/${APP.appId}`, APP.verifyToken)).toEqual([200, '5501']);
    for (const [path, token] of [
      [`/webhooks/whatsapp/${APP.appId}`, VERIFY_TOKEN],
      [`/webhooks/whatsapp/${APP.appId}`, ''],
      ['/webhooks/whatsapp', APP.verifyToken],
      ['/webhooks/whatsapp/999999', APP.verifyToken],
    ] as const)
      expect((await shake(path, token))[0], path).toBe(403);
  });

  it('is believed with its own secret only; an app that nobody has entered is nobody', async () => {
    const raw = textBody(SHOP.phoneNumberId, 'wamid.own.1', '4915552201', 'To the corner shop');
    const before = await stored();
    expect(await toOwnApp(raw, APP_SECRET)).toBe(401);
    expect(await toOwnApp(raw, APP.appSecret, '999999')).toBe(401);
    expect(await toOwnApp(raw, APP.appSecret, '..%2f..')).toBe(401);
    expect(await postWebhook(app.url, raw, sign(raw, APP.appSecret))).toBe(401);
    expect(await stored()).toBe(before);
    expect(await toOwnApp(raw)).toBe(200);
    await until(async () => (await wordsOf(alpha)).includes('To the corner shop'));
  });

  it("that speaks of another company's number is not heard there, and its own company is told once", async () => {
    const mixed = body(
      change(beta.phoneNumberId, { messages: [text('wamid.forged', '4915552202', 'Forged')] }),
      change(SHOP.phoneNumberId, { messages: [text('wamid.own.2', '4915552202', 'Of their own')] }),
    );
    expect(await toOwnApp(mixed)).toBe(200);
    await until(async () => (await wordsOf(alpha)).includes('Of their own'));
    expect(await wordsOf(beta)).not.toContain('Forged');
    const forged = statusBody(beta.phoneNumberId, {
      id: 'wamid.x',
      status: 'failed',
      timestamp: '1790000000',
      recipient_id: '4915550001',
    });
    expect(await toOwnApp(forged)).toBe(200);
    await settle();
    const alerts = (await as(alpha, ALERTS)).data?.events.nodes;
    expect(alerts).toEqual([{ subjectId: expect.any(String) as string, status: 'FOREIGN_NUMBER' }]);
    expect((await as(beta, ALERTS)).data?.events.nodes).toEqual([]);
    const metrics = await (await fetch(`${app.url}/metrics`)).text();
    expect(metrics).toMatch(/cube_webhook_changes\{field="messages",outcome="stranger"\} [1-9]/);
  });

  it('is no alert again when what it said is read again', async () => {
    await executeOn(
      app.address,
      `alter table whatsapp_app disable row level security; update whatsapp_app set alerted_at = now() - interval '2 hours'; alter table whatsapp_app enable row level security`,
    );
    const hour = 3_600_000;
    expect(
      await replayInbox(app.services, { from: new Date(Date.now() - hour), to: new Date(Date.now() + hour) }),
    ).toBeGreaterThan(2);
    await until(
      async () =>
        (await app.services.database.worker.query('select from webhook_inbox where done_at is null and quarantined is null'))
          .rowCount === 0,
    );
    expect((await as(alpha, ALERTS)).data?.events.nodes).toHaveLength(1);
    // What comes for the first time, an hour after the last alert, is one.
    const forged = statusBody(beta.phoneNumberId, {
      id: 'wamid.y',
      status: 'failed',
      timestamp: '1790000000',
      recipient_id: '4915550001',
    });
    expect(await toOwnApp(forged)).toBe(200);
    await until(async () => (await as(alpha, ALERTS)).data?.events.nodes.length === 2);
  });

  it("that gives news of another company's account changes nothing there", async () => {
    const news = (wabaId: string) =>
      Buffer.from(
        JSON.stringify({
          object: 'whatsapp_business_account',
          entry: [
            {
              id: wabaId,
              time: Math.floor(Date.now() / 1000),
              changes: [
                { field: 'account_update', value: { event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: 'DISABLE' } } },
              ],
            },
          ],
        }),
      );
    expect(await toOwnApp(news('9001'))).toBe(200);
    expect(await toOwnApp(news(SHOP.wabaId))).toBe(200);
    const statuses = async (tenant: TestTenant) =>
      (await as(tenant, '{ whatsappNumbers { status account { wabaId } } }')).data?.whatsappNumbers.map(
        (number: { status: string; account: { wabaId: string } }) => `${number.account.wabaId} ${number.status}`,
      );
    await until(async () => (await statuses(alpha)).includes('9300 PAUSED'));
    expect(await statuses(beta)).toEqual(['9001 CONNECTED']);
  });

  it('may be entered by two companies: each speaks for itself, with its own secret', async () => {
    const secret = 'what-beta-says-it-is';
    const shop = { phoneNumberId: '56602', wabaId: '9301', accessToken: 'token-of-the-other-shop' };
    const { data } = await as(beta, CONNECT, { ...shop, app: { ...APP, appSecret: secret } });
    expect(data?.connectNumber.userErrors).toEqual([]);
    const both = (n: number) =>
      body(
        change(SHOP.phoneNumberId, { messages: [text(`wamid.both.${n}`, '4915552203', `To alpha ${n}`)] }),
        change(shop.phoneNumberId, { messages: [text(`wamid.both.${n}`, '4915552203', `To beta ${n}`)] }),
      );
    // The secrets of an app are kept for a second.
    await until(async () => (await toOwnApp(both(1), secret)) === 200);
    await until(async () => (await wordsOf(beta)).includes('To beta 1'));
    expect(await toOwnApp(both(2))).toBe(200);
    await until(async () => (await wordsOf(alpha)).includes('To alpha 2'));
    await settle();
    expect(await wordsOf(alpha)).not.toContain('To alpha 1');
    expect(await wordsOf(beta)).not.toContain('To beta 2');
  });
});
