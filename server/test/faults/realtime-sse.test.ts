import { request, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readApiKey } from '../../src/identity/secrets.ts';
import { makeApiKey, startTestApp, type TestApp, type TestTenant } from '../harness/app.ts';
import { ask } from '../harness/client.ts';
import { settle, until } from '../harness/until.ts';
import { EVERY_EVENT } from './listener.ts';
import { writeEvents } from './write-events.ts';

let app: TestApp;
let alpha: TestTenant;
let key: string;

beforeAll(async () => {
  app = await startTestApp({ limits: { sockets: 150, subscriptions: 10 } });
  [alpha] = app.tenants;
  key = alpha.apiKeys['owner'] as string;
});
afterAll(() => app.close());

interface EventStream {
  response: IncomingMessage;
  text: string;
  isOver: boolean;
  /** What it told, parsed. */
  told(): { subjectId: string; cursor: string }[];
}

async function listen(apiKey: string, variables: object = {}): Promise<EventStream> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = request(
      `${app.url}/graphql/stream`,
      { method: 'POST', headers: { 'content-type': 'application/json', 'x-api-key': apiKey } },
      resolve,
    );
    sent.on('error', reject);
    sent.end(JSON.stringify({ query: EVERY_EVENT, variables }));
  });
  const stream: EventStream = {
    response,
    text: '',
    isOver: false,
    told: () =>
      [...stream.text.matchAll(/^event: next\ndata: (.*)$/gm)].map(([, json = '']) => JSON.parse(json).data.eventRecorded),
  };
  response.setEncoding('utf8');
  response.on('data', (text: string) => (stream.text += text));
  response.on('close', () => (stream.isOver = true));
  response.on('error', () => undefined);
  return stream;
}

test('a stream goes on from its cursor and then lives: none lost, none doubled', async () => {
  const after = (await ask(app.url, { apiKey: key }, '{ eventCursor }')).data?.['eventCursor'];
  const written = await writeEvents(app.services, { tenantId: alpha.id, count: 1200, each: 100 });
  const stream = await listen(key, { after });
  written.push(...(await writeEvents(app.services, { tenantId: alpha.id, count: 100, each: 10 })));
  await until(() => stream.told().length >= written.length);
  expect(stream.told().map((event) => event.subjectId)).toEqual(written);
  stream.response.destroy();
  await until(() => app.app.hub?.keeps.streams === 0);
});

test('a bad cursor is told in the stream, which then completes', async () => {
  const stream = await listen(key, { after: 'bad' });
  await until(() => stream.isOver);
  expect(stream.text).toContain('BAD_CURSOR');
  expect(stream.text).toMatch(/event: complete\ndata:\n\n$/);
});

test('who is unknown gets 401, what cannot be subscribed to 400', async () => {
  expect((await listen('cc_test_nobody')).response.statusCode).toBe(401);
  const response = await fetch(`${app.url}/graphql/stream?query=${encodeURIComponent('{ eventCursor }')}`, {
    headers: { 'x-api-key': key },
  });
  expect(response.status).toBe(400);
});

test('a revoked key is cut off without a `complete`', async () => {
  const apiKey = await makeApiKey(app.services, alpha.id, ['events:read', 'inbox:read']);
  const stream = await listen(apiKey);
  await ask(app.url, { apiKey: key }, 'mutation($id: ID!) { revokeApiKey(input: { id: $id }) { userErrors { code } } }', {
    id: readApiKey(apiKey)?.id,
  });
  const [after] = await writeEvents(app.services, { tenantId: alpha.id, count: 1 });
  await until(() => stream.isOver, 2500);
  expect(stream.text).not.toContain('event: complete');
  expect(stream.text).not.toContain(after);
});

test('a hundred streams that stopped reading are bounded and cut; another gets everything', async () => {
  const slow = await Promise.all(Array.from({ length: 100 }, () => listen(key)));
  const healthy = await listen(key);
  await until(() => app.app.hub?.size === 101);
  for (const stream of slow) stream.response.pause();
  await settle(100);
  const before = process.memoryUsage().arrayBuffers;
  const written = await writeEvents(app.services, { tenantId: alpha.id, count: 20_000, each: 500, conversationId: alpha.id });
  await until(() => healthy.told().length >= written.length, 30_000);
  expect(healthy.told().map((event) => event.subjectId)).toEqual(written);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100 << 20);
  for (const stream of [...slow, healthy]) stream.response.destroy();
  await until(() => app.app.hub?.keeps.connections === 0);
}, 60_000);
