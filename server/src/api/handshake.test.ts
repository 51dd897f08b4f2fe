import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { startTestApp, type TestApp, type TestTenant } from '../../test/harness/app.ts';
import { signIn } from '../../test/harness/client.ts';

let app: TestApp;
let tenant: TestTenant;
let cookie: string;
beforeAll(async () => {
  app = await startTestApp({ role: 'api' });
  [tenant] = app.tenants;
  cookie = await signIn(app.url, tenant.users.agent?.email ?? '', tenant.users.agent?.password ?? '');
});
afterAll(() => app.close());

interface Talk {
  /** Messages of the server, and last how it closed the socket, if it did. */
  heard: string[];
}

/** Opens a socket, sends these messages one after the other, each after an answer to the one before where there is one, and listens. */
async function talk(messages: object[], { headers = {}, protocol = 'graphql-transport-ws', ms = 400 } = {}): Promise<Talk> {
  const socket = new WebSocket(`${app.url.replace('http', 'ws')}/graphql`, protocol, { headers });
  const heard: string[] = [];
  const closed = new Promise<void>((resolve) => socket.once('close', (code) => (heard.push(`closed ${code}`), resolve())));
  socket.on('error', () => undefined);
  socket.on('message', (data) => heard.push(String(data)));
  await Promise.race([new Promise((resolve) => socket.once('open', resolve)), closed]);
  for (const message of messages) {
    const before = heard.length;
    socket.send(JSON.stringify(message));
    for (const end = Date.now() + ms; heard.length === before && Date.now() < end;)
      await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const isAnswered = () => /^closed|"type":"(error|next)"/.test(heard.at(-1) ?? '');
  for (const end = Date.now() + ms; !isAnswered() && Date.now() < end;) await new Promise((resolve) => setTimeout(resolve, 5));
  socket.terminate();
  return { heard };
}

const init = (payload: object = {}) => ({ type: 'connection_init', payload });
const subscribe = (query: string, more = {}) => ({ type: 'subscribe', id: '1', payload: { query, ...more } });
const EVENTS = 'subscription { eventRecorded { kind } }';
const apiKey = () => ({ apiKey: tenant.apiKeys.agent });

describe('a socket', () => {
  test('that subscribes before it said who it is is closed with 4401', async () => {
    expect((await talk([subscribe(EVENTS)])).heard).toEqual(['closed 4401']);
  });

  test('that never says who it is is closed with 4408 after three seconds', async () => {
    const started = performance.now();
    const { heard } = await talk([], { ms: 5000 });
    expect(heard).toEqual(['closed 4408']);
    expect(performance.now() - started).toBeGreaterThan(2500);
  });

  test('that says so twice is closed with 4429', async () => {
    expect((await talk([init(apiKey()), init(apiKey())])).heard.at(-1)).toBe('closed 4429');
  });

  test('with a key that is wrong, revoked or of the other type is closed', async () => {
    for (const wrong of ['nonsense', tenant.apiKeys.agent?.replace('cc_test_', 'cc_live_'), `${tenant.apiKeys.agent}x`]) {
      expect((await talk([init({ apiKey: wrong })])).heard, wrong?.slice(0, 8)).toEqual(['closed 4403']);
    }
  });

  test('that speaks another protocol, or none of it, is closed', async () => {
    expect((await talk([init(apiKey())], { protocol: 'graphql-ws' })).heard.at(-1)).toMatch(/^closed (4406|1002|1006)$/);
    expect((await talk(['nonsense' as never])).heard).toEqual(['closed 4400']);
  });

  test('gets an error for a query, a mutation, a field that is not there and a document that is none', async () => {
    for (const query of [
      '{ eventCursor }',
      'mutation { signOut { userErrors { code } } }',
      'subscription { nothing }',
      'subscription {',
      '',
    ]) {
      const { heard } = await talk([init(apiKey()), subscribe(query)]);
      expect(heard[0]).toContain('connection_ack');
      const last = heard.at(-1) ?? '';
      // The protocol has it that a subscribe message without a query is no message.
      if (query === '') expect(last).toMatch(/^closed 4400$|"type":"error"/);
      else expect(JSON.parse(last), query).toMatchObject({ id: '1', type: 'error', payload: [{ message: expect.any(String) }] });
      expect(last).not.toMatch(/node_modules|\bat /);
    }
  });

  test('with the cookie of our own page works, with one that another page brought along it is nobody', async () => {
    const own = await talk([init(), subscribe(EVENTS)], { headers: { cookie, origin: app.url } });
    expect(own.heard).toEqual([expect.stringContaining('connection_ack')]);
    for (const headers of [
      { cookie, origin: 'https://evil.example' },
      { cookie, origin: 'null' },
      { cookie, 'sec-fetch-site': 'cross-site' },
      { cookie, 'sec-fetch-site': 'same-site' },
    ]) {
      const { heard } = await talk([init(), subscribe(EVENTS)], { headers });
      expect(heard.join(), JSON.stringify(headers)).toMatch(/UNAUTHENTICATED|closed 44/);
      expect(heard.join()).not.toContain('"type":"next"');
    }
  });

  test('may not carry a quarter of a megabyte', async () => {
    const { heard } = await talk([init(apiKey()), subscribe(EVENTS, { variables: { text: 'x'.repeat(300 * 1024) } })]);
    expect(heard.at(-1)).toBe('closed 1009');
  });
});
