import { afterAll, beforeAll, expect, test } from 'vitest';
import { tenantsQuery } from '../../src/platform/tenant-query.ts';
import { sign } from '../../src/whatsapp/signature.ts';
import { APP_SECRET, startTestApp, type TestApp, type TestTenant } from '../harness/app.ts';
import { ask, postWebhook } from '../harness/client.ts';
import { connect } from '../harness/connect.ts';
import { status, statusBody, textBody } from '../harness/envelopes.ts';
import { enterAccepted } from '../harness/outbound.ts';
import { settle, until } from '../harness/until.ts';

const SHOP = {
  phoneNumberId: '56601',
  wabaId: '9300',
  token: 'token-of-the-shop',
  displayPhone: '+49 30 5550888',
  name: 'Corner shop',
};
/** The secret of an app is asked for anew after this. */
const FRESH_MS = 1_100;

let app: TestApp;
let other: TestApp;
let alpha: TestTenant;
const read = async (query: string) => (await ask(app.url, { apiKey: alpha.apiKeys['owner'] ?? '' }, query)).data;

beforeAll(async () => {
  app = await startTestApp({ numbers: [SHOP] });
  other = await startTestApp({ beside: app });
  [alpha] = app.tenants;
});
afterAll(async () => {
  await other.close();
  await app.close();
});

test('two messages of a new customer, 0 to 300 ms apart and at two processes, make one customer and one conversation of two messages', async () => {
  const rounds = [0, 1, 2, 5, 10, 20, 50, 100, 150, 200, 250, 300];
  await Promise.all(
    rounds.map(async (ms, n) => {
      const phone = `491555330${String(n).padStart(3, '0')}`;
      const first = postWebhook(app.url, textBody(alpha.phoneNumberId, `wamid.apart.${n}.a`, phone, 'first'));
      await settle(ms);
      const answers = [
        await first,
        await postWebhook(other.url, textBody(alpha.phoneNumberId, `wamid.apart.${n}.b`, phone, 'second')),
      ];
      expect(answers).toEqual([200, 200]);
    }),
  );
  const query = '{ contacts(first: 100) { nodes { id } } conversations(first: 100) { nodes { unreadCount } } }';
  await until(async () => {
    const data = await read(query);
    const unread: { unreadCount: number }[] = data?.['conversations'].nodes ?? [];
    return unread.reduce((sum, node) => sum + node.unreadCount, 0) === rounds.length * 2;
  });
  const data = await read(query);
  expect(data?.['contacts'].nodes).toHaveLength(rounds.length);
  expect(data?.['conversations'].nodes.map((node: { unreadCount: number }) => node.unreadCount)).toEqual(rounds.map(() => 2));
});

const OWN_APP = { appId: '717171', appSecret: 'secret-of-their-own-app', verifyToken: 'a-word-of-their-own' };
const CONNECT = 'mutation($input: ConnectNumberInput!) { connectNumber(input: $input) { userErrors { code } } }';

test('while the database takes nothing, both addresses answer 503 within two seconds and say when to come again', async () => {
  const number = { phoneNumberId: SHOP.phoneNumberId, wabaId: SHOP.wabaId, accessToken: SHOP.token, app: OWN_APP };
  const connected = await ask(app.url, { apiKey: alpha.apiKeys['owner'] ?? '' }, CONNECT, { input: number });
  expect(connected.data?.['connectNumber'].userErrors).toEqual([]);
  const post = async (path: string, secret: string, n: number) => {
    const raw = textBody(alpha.phoneNumberId, `wamid.away.${n}`, '4915553399', 'while you were away');
    const headers = { 'content-type': 'application/json', 'x-hub-signature-256': sign(raw, secret) };
    const before = performance.now();
    const response = await fetch(app.url + path, { method: 'POST', headers, body: new Uint8Array(raw) });
    await response.arrayBuffer();
    return { status: response.status, isInTime: performance.now() - before < 2_000, again: response.headers.get('retry-after') };
  };
  const own = `/webhooks/whatsapp/${OWN_APP.appId}`;
  const both = (n: number) => Promise.all([post('/webhooks/whatsapp', APP_SECRET, n), post(own, OWN_APP.appSecret, n)]);
  const refused = { status: 503, isInTime: true, again: '5' };
  const blocker = await connect(app.address);
  // What the app's secret is read from, and what every webhook is written to.
  for (const table of ['whatsapp_app', 'webhook_inbox']) {
    await settle(FRESH_MS);
    await blocker.rows('begin');
    await blocker.rows(`lock table ${table} in access exclusive mode`);
    const answers = await Promise.all([both(1), both(2), both(3)]);
    await blocker.rows('rollback');
    expect(answers.map(([, toOwn]) => toOwn)).toEqual([refused, refused, refused]);
    if (table === 'webhook_inbox') expect(answers.map(([toAll]) => toAll)).toEqual([refused, refused, refused]);
  }
  await blocker.end();
  const again = { status: 200, isInTime: true, again: null };
  expect(await both(1)).toEqual([again, again]);
});

test('a status of a message nobody knows is dropped after seven days and counted in /metrics', async () => {
  expect(await postWebhook(app.url, statusBody(alpha.phoneNumberId, status('wamid.nobody', 'read')))).toBe(200);
  const parked = () =>
    tenantsQuery(app.services.database.worker, [alpha.id], (query) => query('select from parked_status')).then(
      (rows) => rows.length,
    );
  await until(async () => (await parked()) === 1);
  const figure = async (url: string) =>
    /^cube_swept_parked_statuses (\d+)$/m.exec(await (await fetch(`${url}/metrics`)).text())?.[1];
  expect(await figure(app.url)).toBe('0');
  await tenantsQuery(app.services.database.worker, [alpha.id], (query) =>
    query(`update parked_status set received_at = received_at - interval '7 days 1 minute'`),
  );
  // A process keeps house when it starts, and every hour.
  const third = await startTestApp({ beside: app });
  await until(async () => (await figure(third.url)) === '1');
  expect(await parked()).toBe(0);
  await third.close();
});

test('five thousand statuses of messages we sent, in one webhook, are acknowledged within 250 ms and applied within 2 s', async () => {
  const wamids = Array.from({ length: 5_000 }, (_, n) => `wamid.known.${n}`);
  await enterAccepted(app.services, { tenantId: alpha.id, numberId: alpha.numberId }, '+491555330000', wamids);
  const has = async (reached: string) => {
    const count = `select count(*)::int from message where status = $1`;
    const [row] = await tenantsQuery(app.services.database.worker, [alpha.id], (query) =>
      query<{ count: number }>(count, [reached]),
    );
    return row?.count;
  };
  const acknowledged: number[] = [];
  const applied: number[] = [];
  // Each of these steps is an advance for every one of the messages.
  for (const reached of ['sent', 'failed', 'delivered', 'read', 'played'] as const) {
    const more = reached === 'failed' ? { errors: [{ code: 131026 }] } : {};
    const raw = statusBody(alpha.phoneNumberId, ...wamids.map((wamid) => status(wamid, reached, more)));
    const before = performance.now();
    expect(await postWebhook(app.url, raw)).toBe(200);
    acknowledged.push(performance.now() - before);
    await until(async () => (await has(reached.toUpperCase())) === 5_000);
    applied.push(performance.now() - before);
  }
  expect(medianOf(acknowledged)).toBeLessThan(250);
  expect(medianOf(applied)).toBeLessThan(2_000);
}, 60_000);

function medianOf(times: number[]): number {
  return times.sort((a, b) => a - b)[times.length >> 1] as number;
}
