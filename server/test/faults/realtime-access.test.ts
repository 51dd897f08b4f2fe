import { afterAll, beforeAll, expect, test } from 'vitest';
import { readApiKey } from '../../src/identity/secrets.ts';
import { newId } from '../../src/platform/ids.ts';
import { makeApiKey, startTestApp, type TestApp, type TestTenant } from '../harness/app.ts';
import { ask, postWebhook, signIn } from '../harness/client.ts';
import { textBody } from '../harness/envelopes.ts';
import { settle, until } from '../harness/until.ts';
import { Listener } from './listener.ts';
import { writeEvents } from './write-events.ts';

let app: TestApp;
let alpha: TestTenant;
let beta: TestTenant;

beforeAll(async () => {
  app = await startTestApp({ limits: { sockets: 20, subscriptions: 3 } });
  [alpha, beta] = app.tenants;
});
afterAll(() => app.close());

const keyOf = (tenant: TestTenant, role: string) => tenant.apiKeys[role] as string;

test('a revoked key is cut within two seconds and gets nothing that was committed after', async () => {
  const apiKey = await makeApiKey(app.services, alpha.id, ['inbox:read', 'events:read']);
  const other = await Listener.subscribed(app.url, keyOf(alpha, 'owner'));
  const revoked = await Listener.subscribed(app.url, apiKey);
  await until(() => app.app.hub?.size === 2);
  await settle(100);
  const [before] = await writeEvents(app.services, { tenantId: alpha.id, count: 1 });
  await until(() => revoked.told().length === 1);
  const start = performance.now();
  const id = readApiKey(apiKey)?.id;
  const answer = await ask(
    app.url,
    { apiKey: keyOf(alpha, 'owner') },
    'mutation($id: ID!) { revokeApiKey(input: { id: $id }) { userErrors { code } } }',
    { id },
  );
  expect(answer.errors).toBeUndefined();
  const after = await writeEvents(app.services, { tenantId: alpha.id, count: 50, each: 5 });
  await until(() => revoked.closed !== null);
  expect(revoked.closed?.code).toBe(4403);
  expect(performance.now() - start).toBeLessThan(2000);
  expect(revoked.told().map((event) => event.subjectId)).toEqual([before]);
  await until(() => other.told().some((event) => event.subjectId === after.at(-1)));
  const again = await Listener.open(app.url, { apiKey });
  await until(() => again.closed !== null);
  expect(again.closed?.code).toBe(4403);
  await other.close();
});

test('a session that signed out is cut', async () => {
  const user = alpha.users['agent'];
  const cookie = await signIn(app.url, user?.email ?? '', user?.password ?? '');
  const listener = await Listener.open(app.url, { cookie });
  listener.subscribe('1', 'subscription { messageChanged { cursor } }');
  await until(() => app.app.hub?.size === 1);
  await ask(app.url, { cookie }, 'mutation { signOut { userErrors { code } } }');
  await until(() => listener.closed !== null, 2000);
  expect(listener.closed?.code).toBe(4403);
});

test('the same document shows a text to who may read texts and null to who may not', async () => {
  const query = 'subscription { messageChanged { change message { id text direction } } }';
  const [agent, analyst] = await Promise.all(
    ['agent', 'analyst'].map((role) => Listener.subscribed(app.url, keyOf(alpha, role), query)),
  );
  await until(() => app.app.hub?.size === 2);
  await settle(100);
  await postWebhook(app.url, textBody(alpha.phoneNumberId, `wamid.${newId()}`, '4915770000001', 'For agents only'));
  const message = await until2(() => agent?.told()[0]?.['message'] as { text: string; id: string } | undefined);
  expect(message.text).toBe('For agents only');
  await until(() => analyst?.told().length === 1);
  expect(analyst?.told()[0]?.['message']).toEqual({ ...message, text: null });
  expect(analyst?.fieldErrors).toEqual([]);
  await Promise.all([agent?.close(), analyst?.close()]);
});

test('nobody hears of another tenant', async () => {
  const listener = await Listener.subscribed(app.url, keyOf(beta, 'owner'));
  await until(() => app.app.hub?.size === 1);
  await settle(100);
  await writeEvents(app.services, { tenantId: alpha.id, count: 20 });
  const [own] = await writeEvents(app.services, { tenantId: beta.id, count: 1 });
  await until(() => listener.told().length > 0);
  expect(listener.told().map((event) => event.subjectId)).toEqual([own]);
  await listener.close();
});

test('a cursor of another tenant is of another log', async () => {
  const cursor = (await ask(app.url, { apiKey: keyOf(alpha, 'owner') }, '{ eventCursor }')).data?.['eventCursor'];
  const listener = await Listener.subscribed(app.url, keyOf(beta, 'owner'), undefined, { after: cursor });
  await until(() => listener.errors().length === 1);
  expect(listener.errors()[0]?.extensions.code).toBe('RESYNC_REQUIRED');
  await listener.close();
});

test('who may not subscribe is told so, and queries are sent where they belong', async () => {
  const apiKey = await makeApiKey(app.services, alpha.id, ['inbox:read']);
  const listener = await Listener.open(app.url, { apiKey });
  listener.subscribe('forbidden');
  listener.subscribe('query', '{ eventCursor }');
  listener.subscribe('wrong', 'subscription { nothing }');
  await until(() => ['forbidden', 'query', 'wrong'].every((id) => listener.errors(id).length === 1));
  expect(['forbidden', 'query', 'wrong'].map((id) => listener.errors(id)[0]?.extensions.code)).toEqual([
    'FORBIDDEN',
    'BAD_REQUEST',
    'BAD_USER_INPUT',
  ]);
  expect(listener.closed).toBeNull();
  await listener.close();
});

test('subscriptions beyond the limit of a socket, and sockets beyond the limit of a key, are refused', async () => {
  const apiKey = await makeApiKey(app.services, alpha.id, ['events:read']);
  const listener = await Listener.open(app.url, { apiKey });
  for (const id of ['1', '2', '3', '4']) listener.subscribe(id);
  await until(() => listener.errors('4').length === 1);
  expect(listener.errors('4')[0]?.extensions.code).toBe('TOO_MANY');
  const more = await Promise.all(Array.from({ length: 20 }, () => Listener.open(app.url, { apiKey })));
  await until(() => more.filter((each) => each.closed?.code === 4403).length === 1);
  await Promise.all([...more, listener].map((each) => each.close()));
  await until(() => app.app.hub?.keeps.connections === 0);
  const freed = await Listener.subscribed(app.url, apiKey);
  await until(() => app.app.hub?.size === 1);
  await freed.close();
});

async function until2<T>(look: () => T | undefined): Promise<T> {
  let found: T | undefined;
  await until(() => (found = look()) !== undefined);
  return found as T;
}
