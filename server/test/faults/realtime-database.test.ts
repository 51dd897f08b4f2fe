import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toPgOptions } from '../../src/platform/database-address.ts';
import { startTestApp, type TestApp, type TestTenant } from '../harness/app.ts';
import { ask } from '../harness/client.ts';
import { executeOn } from '../harness/execute-on.ts';
import { settle, until } from '../harness/until.ts';
import { EVERY_EVENT, Listener } from './listener.ts';
import { writeEvents } from './write-events.ts';

/** Ends every connection of the server under test; the writer's stays. */
const KILL = `select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid() and application_name <> 'test_writer'`;

let app: TestApp;
let alpha: TestTenant;
let writer: pg.Pool;

beforeAll(async () => {
  app = await startTestApp({ limits: { sockets: 100, subscriptions: 10 } });
  [alpha] = app.tenants;
  writer = new pg.Pool({ ...toPgOptions(app.address), options: '-c role=cube_app', application_name: 'test_writer', max: 1 });
});
afterAll(async () => {
  await writer.end();
  await app.close();
});

test('connections to the database killed again and again: nothing is lost, doubled or out of order, also for who resumes meanwhile', async () => {
  const key = alpha.apiKeys['owner'] as string;
  const after = (await ask(app.url, { apiKey: key }, '{ eventCursor }')).data?.['eventCursor'];
  const live = await Listener.subscribed(app.url, key);
  const messages = await Listener.subscribed(app.url, key, 'subscription { messageChanged { cursor message { id } } }');
  await until(() => app.app.hub?.size === 2);
  await settle(100);
  const services = { ...app.services, database: { ...app.services.database, app: writer } };
  const written: string[] = [];
  let late: Listener | undefined;
  for (let part = 0; part < 40; part++) {
    written.push(...(await writeEvents(services, { tenantId: alpha.id, count: 20, each: 4 })));
    if (part % 5 === 2) await executeOn(app.address, KILL);
    if (part === 20) late = await Listener.subscribed(app.url, key, EVERY_EVENT, { after });
    await settle(25);
  }
  const end = performance.now();
  await until(() => live.told().length >= written.length && messages.told().length >= written.length);
  expect(performance.now() - end).toBeLessThan(5000);
  expect(live.told().map((event) => event.subjectId)).toEqual(written);
  expect(messages.told()).toHaveLength(written.length);
  expect(messages.fieldErrors).toEqual([]);
  // It came in the middle of it: either it got through, or it was sent away to try again.
  if (late?.closed) late = await Listener.subscribed(app.url, key, EVERY_EVENT, { after });
  await until(() => (late?.told().length ?? 0) >= written.length);
  expect(late?.told().map((event) => event.subjectId)).toEqual(written);
  await Promise.all([live.close(), messages.close(), late?.close()]);
  await until(() => app.app.hub?.keeps.streams === 0);
}, 40_000);
