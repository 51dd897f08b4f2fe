import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Services } from '../../src/platform/context.ts';
import { sign } from '../../src/whatsapp/signature.ts';
import { makeApiKey } from '../harness/app.ts';
import { type Child, startChild } from '../harness/child.ts';
import { ask, postWebhook } from '../harness/client.ts';
import { body, change, text } from '../harness/envelopes.ts';
import { createLine, openServices, type TestLine } from '../harness/messaging.ts';
import { createDatabase, type TestDatabase } from '../harness/postgres.ts';
import { until } from '../harness/until.ts';

const NOBODY = 'http://127.0.0.1:9';

let database: TestDatabase;
let services: Services;
let line: TestLine;
let apiKey: string;
let two: [Child, Child];

beforeAll(async () => {
  database = await createDatabase();
  services = await openServices(database.address);
  line = await createLine(services);
  apiKey = await makeApiKey(services, line.tenantId, ['inbox:read', 'messages:text', 'events:read']);
  const start = () => startChild('api-process', database.address, NOBODY, { TEST_ROLE: 'all' });
  two = await Promise.all([start(), start()]);
}, 60_000);
afterAll(async () => {
  for (const { child } of two) child.kill('SIGKILL');
  await Promise.all(two.map(({ ended }) => ended));
  await services.database.close();
  await database.drop();
});

const SEEN = `{
  messages(first: 100) { nodes { text } }
  conversations(first: 100) { nodes { unreadCount } }
  events(first: 100, kinds: [MESSAGE_CREATED]) { nodes { subjectId } }
}`;

test('one message of WhatsApp in fifty envelopes, brought to two processes at once, is one message, one event and one conversation', async () => {
  const envelopes = Array.from({ length: 50 }, (_, n) => {
    const same = text('wamid.fifty', '4915550001', 'fifty times', { timestamp: '1790000000' });
    // Each with something else beside it that nobody can show: no two envelopes have one signature.
    return body(change(line.phoneNumberId, { contacts: [{ profile: { name: 'Ada' }, wa_id: '4915550001' }], messages: [same] }), {
      field: 'never_heard_of',
      value: { round: n, mark: randomUUID() } as never,
    });
  });
  const answers = await Promise.all(envelopes.map((raw, n) => postWebhook((two[n % 2] as Child).line, raw, sign(raw, 'unused'))));
  expect(answers).toEqual(envelopes.map(() => 200));
  const inbox = async (where = '') => (await services.database.worker.query(`select from webhook_inbox ${where}`)).rowCount;
  expect(await inbox()).toBe(50);
  await until(async () => (await inbox('where done_at is null')) === 0);
  for (const { line: url } of two) {
    const { data } = await ask(url, { apiKey }, SEEN);
    expect(data?.['messages'].nodes).toEqual([{ text: 'fifty times' }]);
    expect(data?.['conversations'].nodes).toEqual([{ unreadCount: 1 }]);
    expect(data?.['events'].nodes).toHaveLength(1);
  }
});
