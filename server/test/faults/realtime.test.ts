import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeApiKey, startTestApp, type TestApp, type TestTenant } from '../harness/app.ts';
import { ask } from '../harness/client.ts';
import { settle, until } from '../harness/until.ts';
import { writeCursor } from '../../src/events/cursor.ts';
import { readHead } from '../../src/events/read-log.ts';
import { newId } from '../../src/platform/ids.ts';
import { tenantQuery } from '../../src/platform/tenant-query.ts';
import { EVERY_EVENT, Listener, places } from './listener.ts';
import { writeEvents } from './write-events.ts';

let app: TestApp;
let alpha: TestTenant;
let key: string;

beforeAll(async () => {
  app = await startTestApp({ limits: { sockets: 1000, subscriptions: 1000 } });
  [alpha] = app.tenants;
  key = alpha.apiKeys['owner'] as string;
});
afterAll(() => app.close());

const write = (count: number, more: object = {}) => writeEvents(app.services, { tenantId: alpha.id, count, ...more });
const cursorNow = async () => (await ask(app.url, { apiKey: key }, '{ eventCursor }')).data?.['eventCursor'] as string;

test('a socket cut again and again during 2,000 events resumes by cursor: none lost, none doubled, in order', async () => {
  let after = await cursorNow();
  const got: { cursor: string; subjectId: string }[] = [];
  const writing = { isOver: false };
  const follow = (async () => {
    while (!writing.isOver || got.length < 2000) {
      const listener = await Listener.subscribed(app.url, key, EVERY_EVENT, { after });
      await until(() => listener.told().length > 150 || (writing.isOver && got.length + listener.told().length >= 2000), 15_000);
      listener.cut();
      const told = listener.told();
      got.push(...told);
      after = told.at(-1)?.cursor ?? after;
    }
  })();
  const written = await write(2000, { each: 7 });
  writing.isOver = true;
  await follow;
  expect(got.map((event) => event.subjectId)).toEqual(written);
});

test('a client that was away while 5,000 events happened gets them and those that happen meanwhile, in order', async () => {
  const after = await cursorNow();
  const written = await write(5000, { each: 500 });
  const listener = await Listener.subscribed(app.url, key, EVERY_EVENT, { after });
  written.push(...(await write(500, { each: 5 })));
  await until(() => listener.told().length >= 5500, 15_000);
  expect(listener.told().map((event) => event.subjectId)).toEqual(written);
  await listener.close();
});

test('an event between the query and the subscription arrives', async () => {
  const after = await cursorNow();
  const [between] = await write(1);
  const listener = await Listener.subscribed(app.url, key, EVERY_EVENT, { after });
  await until(() => listener.told().length === 1);
  expect(listener.told()[0]?.subjectId).toBe(between);
  await listener.close();
});

test('without a cursor a subscription starts now', async () => {
  await write(3);
  const listener = await Listener.subscribed(app.url, key);
  await until(() => app.app.hub?.size === 1);
  await settle(100);
  const [next] = await write(1);
  await until(() => listener.told().length > 0);
  expect(listener.told().map((event) => event.subjectId)).toEqual([next]);
  await listener.close();
});

test('eight writers at once: of 10,000 events none is missing, doubled or out of order', async () => {
  const listener = await Listener.subscribed(app.url, key, EVERY_EVENT, { after: await cursorNow() });
  const written = (await Promise.all(Array.from({ length: 8 }, () => write(1250, { each: 50 })))).flat();
  await until(() => listener.told().length >= 10_000, 20_000);
  const seqs = places(listener.told());
  expect(seqs).toEqual(seqs.map((_, index) => (seqs[0] as number) + index));
  expect(new Set(listener.told().map((event) => event.subjectId))).toEqual(new Set(written));
  await listener.close();
});

test('a lost bell delays by no more than the look every two seconds', async () => {
  const listener = await Listener.subscribed(app.url, key);
  await until(() => app.app.hub?.size === 1);
  await settle(100);
  const start = performance.now();
  await write(1, { ring: false });
  await until(() => listener.told().length === 1);
  expect(performance.now() - start).toBeLessThan(2500);
  await listener.close();
});

test.each([
  ['rubbish', 'BAD_CURSOR', () => 'rubbish'],
  ['of another epoch', 'RESYNC_REQUIRED', () => writeCursor({ epoch: Buffer.alloc(8, 7), seq: 1 })],
  ['beyond the head', 'RESYNC_REQUIRED', async () => writeCursor({ ...(await head()), seq: 1e9 })],
])('a cursor that is %s is refused with %s, and the socket stays open', async (_what, code, cursor) => {
  const listener = await Listener.subscribed(app.url, key, EVERY_EVENT, { after: await cursor() });
  await until(() => listener.errors().length === 1);
  expect(listener.errors()[0]?.extensions.code).toBe(code);
  listener.subscribe('2');
  await until(() => app.app.hub?.size === 1);
  expect(listener.closed).toBeNull();
  await listener.close();
});

test('a cursor older than what the log keeps is refused with RESYNC_REQUIRED', async () => {
  const { epoch, seq } = await head();
  await tenantQuery(app.services.database.app, alpha.id, (query) => query('update event_counter set oldest = $1', [seq]));
  const listener = await Listener.subscribed(app.url, key, EVERY_EVENT, { after: writeCursor({ epoch, seq: seq - 2 }) });
  await until(() => listener.errors().length === 1);
  expect(listener.errors()[0]?.extensions.code).toBe('RESYNC_REQUIRED');
  listener.subscribe('2', EVERY_EVENT, { after: writeCursor({ epoch, seq: seq - 1 }) });
  await until(() => listener.told('2').length === 1);
  await listener.close();
});

test('a conversation filter tells of that conversation alone', async () => {
  const [mine, other] = [newId(), newId()];
  const query = 'subscription($id: ID) { messageChanged(conversationId: $id) { cursor change } }';
  const listener = await Listener.open(app.url, { apiKey: key });
  listener.subscribe('mine', query, { id: mine });
  listener.subscribe('other', query, { id: other });
  listener.subscribe('all', query);
  await until(() => app.app.hub?.size === 3);
  await settle(100);
  await write(2, { conversationId: mine });
  await write(3, { conversationId: other });
  await write(1, { kind: 'CONVERSATION_CHANGED', conversationId: mine });
  await until(() => listener.told('all').length === 5);
  expect([listener.told('mine').length, listener.told('other').length]).toEqual([2, 3]);
  await listener.close();
});

test('the same document with other variables is another group', async () => {
  const listener = await Listener.open(app.url, { apiKey: key });
  listener.subscribe('messages', EVERY_EVENT, { kinds: ['MESSAGE_UPDATED'] });
  listener.subscribe('conversations', EVERY_EVENT, { kinds: ['CONVERSATION_CHANGED'] });
  await until(() => app.app.hub?.size === 2);
  await settle(100);
  await write(2);
  await write(1, { kind: 'CONVERSATION_CHANGED' });
  await until(() => listener.told('conversations').length === 1 && listener.told('messages').length === 2);
  expect(listener.told('messages').map((event) => event['kind'])).toEqual(['MESSAGE_UPDATED', 'MESSAGE_UPDATED']);
  await listener.close();
});

test('of two cursors used as ordinary variables each subscriber keeps its own', async () => {
  const after = await cursorNow();
  const query = 'subscription($after: Cursor, $id: ID) { messageChanged(after: $after, conversationId: $id) { cursor } }';
  const id = newId();
  const listener = await Listener.open(app.url, { apiKey: key });
  listener.subscribe('odd', query, { after, id: after });
  listener.subscribe('plain', query, { after, id });
  await until(() => app.app.hub?.size === 2);
  await settle(100);
  await write(1, { conversationId: id });
  await until(() => listener.told('plain').length === 1);
  expect(listener.told('odd')).toEqual([]);
  await listener.close();
});

test('ids taken again at once, a hundred times, leave one subscription that can be ended', async () => {
  const listener = await Listener.open(app.url, { apiKey: key });
  for (let i = 0; i < 100; i++) {
    listener.subscribe('same');
    await settle(i % 5);
    listener.complete('same');
  }
  listener.subscribe('same');
  await until(() => app.app.hub?.size === 1);
  await settle(100);
  await write(1);
  await until(() => listener.told('same').length >= 1);
  expect(listener.told('same')).toHaveLength(1);
  listener.complete('same');
  await until(() => app.app.hub?.size === 0);
  await write(1);
  await settle(150);
  expect(listener.told('same')).toHaveLength(1);
  await listener.close();
});

test('an id that is in use closes the socket with 4409', async () => {
  const listener = await Listener.open(app.url, { apiKey: key });
  listener.subscribe('1');
  listener.subscribe('1');
  await until(() => listener.closed !== null);
  expect(listener.closed?.code).toBe(4409);
  await until(() => app.app.hub?.size === 0);
});

test('nothing is kept of subscriptions that ended, however they ended', async () => {
  const apiKey = await makeApiKey(app.services, alpha.id, ['inbox:read', 'events:read']);
  for (let i = 0; i < 30; i++) {
    const listener = await Listener.open(app.url, { apiKey });
    for (let id = 0; id < 5; id++) listener.subscribe(String(id), EVERY_EVENT, id === 3 ? { after: 'bad' } : {});
    if (i % 3 === 0) await settle(20);
    if (i % 3 === 1) for (let id = 0; id < 5; id++) listener.complete(String(id));
    await listener.close();
  }
  await until(() => app.app.hub?.size === 0 && app.app.hub.keeps.streams === 0);
  expect(app.app.hub?.keeps).toEqual({ streams: 0, connections: 0, groups: 0, subscribers: 0 });
});

async function head() {
  return tenantQuery(app.services.database.app, alpha.id, (query) => readHead(query, alpha.id));
}
