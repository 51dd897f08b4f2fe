import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp, type TestTenant } from '../harness/app.ts';
import { settle, until } from '../harness/until.ts';
import { EVERY_EVENT, Listener, places } from './listener.ts';
import { writeEvents } from './write-events.ts';

const MiB = 1 << 20;
/** Two KiB an event: more than the kernel's own buffers is soon written. */
const LONG = 'x'.repeat(2000);
const QUERY = 'subscription($after: Cursor) { eventRecorded(after: $after) { cursor subjectId status } }';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes of buffers that are in use. */
function held(): number {
  collectGarbage();
  return process.memoryUsage().arrayBuffers;
}

let app: TestApp;
let alpha: TestTenant;
let key: string;

beforeAll(async () => {
  app = await startTestApp({ limits: { sockets: 1000, subscriptions: 10 } });
  [alpha] = app.tenants;
  key = alpha.apiKeys['owner'] as string;
});
afterAll(() => app.close());

test.each([100, 200])(
  '%i sockets that stopped reading are closed as slow and hold no memory; the others get everything; the slow ones resume',
  async (count) => {
    const slow = await Promise.all(Array.from({ length: count }, () => Listener.subscribed(app.url, key, QUERY)));
    const healthy = await Listener.subscribed(app.url, key);
    await until(() => app.app.hub?.size === count + 1, 20_000);
    await settle(200);
    for (const listener of slow) listener.ws.pause();
    const before = held();
    let most = 0;
    const written: string[] = [];
    for (let part = 0; part < 60; part++) {
      written.push(...(await writeEvents(app.services, { tenantId: alpha.id, count: 100, each: 50, status: LONG })));
      await until(() => healthy.frames.length > written.length, 20_000);
      if (part % 10 === 9) most = Math.max(most, held() - before);
    }
    expect(healthy.told().map((event) => event.subjectId)).toEqual(written);
    expect(most).toBeLessThan(50 * MiB);
    await until(() => app.app.hub?.size === 1, 20_000);

    const [one] = slow as [Listener];
    for (const listener of slow) listener.ws.resume();
    await until(() => slow.every((listener) => listener.closed !== null), 20_000);
    const told = one.told();
    expect(told.length).toBeLessThan(written.length);
    const resumed = await Listener.subscribed(app.url, key, EVERY_EVENT, { after: told.at(-1)?.cursor });
    await until(() => told.length + resumed.told().length >= written.length);
    expect([...told, ...resumed.told()].map((event) => event.subjectId)).toEqual(written);
    await Promise.all([healthy.close(), resumed.close()]);
  },
  60_000,
);

test('a slow socket that reads on within a second is told 4429', async () => {
  const slow = await Listener.subscribed(app.url, key, QUERY);
  const healthy = await Listener.subscribed(app.url, key);
  await until(() => app.app.hub?.size === 2);
  await settle(100);
  slow.ws.pause();
  let written = 0;
  // It is cut somewhere in here, and resumes at most one part later.
  while (!slow.closed && written < 40_000) {
    written += (await writeEvents(app.services, { tenantId: alpha.id, count: 5000, each: 500, status: LONG })).length;
    await until(() => healthy.told().length >= written);
    slow.ws.resume();
    await settle(20);
    if (!slow.closed) slow.ws.pause();
  }
  expect(slow.closed?.code).toBe(4429);
  await healthy.close();
});

test('a replay of 20 MB to a client that reads slowly waits for it instead of closing it', async () => {
  const listener = await Listener.subscribed(app.url, key, QUERY);
  await until(() => app.app.hub?.size === 1);
  await settle(100);
  const [first] = await writeEvents(app.services, { tenantId: alpha.id, count: 1 });
  await until(() => listener.told().length === 1);
  const after = listener.told()[0]?.cursor;
  expect(listener.told()[0]?.subjectId).toBe(first);
  await listener.close();
  const written = await writeEvents(app.services, { tenantId: alpha.id, count: 10_000, each: 500, status: LONG });
  const reader = await Listener.subscribed(app.url, key, QUERY, { after });
  const pauses = setInterval(() => {
    reader.ws.pause();
    setTimeout(() => reader.ws.resume(), 30);
  }, 60);
  await until(() => reader.told().length >= written.length, 80_000);
  clearInterval(pauses);
  const seqs = places(reader.told());
  expect(seqs).toEqual(seqs.map((_, index) => (seqs[0] as number) + index));
  await reader.close();
}, 120_000);
