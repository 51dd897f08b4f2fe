import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DemoFile, readDemoFile } from '../../src/launch/demo-file.ts';
import { newId } from '../../src/platform/ids.ts';
import { sign } from '../../src/whatsapp/signature.ts';
import { ask, postWebhook } from '../harness/client.ts';
import { textBody } from '../harness/envelopes.ts';
import { createDatabase, type TestDatabase } from '../harness/postgres.ts';
import { databaseUrl, type RunningProcess, startProcess } from '../harness/process.ts';
import { settle, until } from '../harness/until.ts';
import { Listener } from './listener.ts';

const MESSAGES = 'subscription($after: Cursor) { messageChanged(after: $after) { cursor change message { id text } } }';

const home = mkdtempSync(path.join(os.tmpdir(), 'cube-restart-'));
let database: TestDatabase;
let run: RunningProcess;
let demo: DemoFile;
let settings: Record<string, string>;

beforeAll(async () => {
  database = await createDatabase();
  const graph = 'http://127.0.0.1:9';
  settings = {
    CUBE_HOME: home,
    DATABASE_URL: databaseUrl(database.address),
    PORT: await freePort(),
    WHATSAPP_GRAPH_URL: graph,
    LOG_LEVEL: 'error',
  };
  await start();
});
afterAll(async () => {
  await run.end('SIGKILL');
  await database.drop();
  rmSync(home, { recursive: true, force: true });
});

async function start(): Promise<void> {
  run = startProcess(settings);
  await run.said(/Stop +Ctrl-C/);
  demo = readDemoFile(home) as DemoFile;
}

const BURST = 5_000;
const SENDERS = 16;

test('after kill −9 in a burst of 5,000 and another post of what was not acknowledged, every message is there once and was told once', async () => {
  const [{ apiKey, numbers }] = demo.tenants as [DemoFile['tenants'][number]];
  const after = (await ask(demo.url, { apiKey }, '{ eventCursor }')).data?.['eventCursor'] as string;
  const first = await Listener.subscribed(demo.url, apiKey, MESSAGES, { after });
  const bodies = new Map(
    Array.from({ length: BURST }, (_, n) => [
      `burst ${n}`,
      textBody(numbers[0]?.phoneNumberId ?? '', `wamid.${newId()}`, `49157100000${n % SENDERS}`, `burst ${n}`),
    ]),
  );
  const acknowledged = new Set<string>();
  const server = { isKilled: false };
  const post = async () => {
    const left = [...bodies].filter(([words]) => !acknowledged.has(words));
    const senders = Array.from({ length: SENDERS }, async () => {
      for (let next = left.pop(); next && !server.isKilled; next = left.pop()) {
        const [words, raw] = next;
        const status = await postWebhook(demo.url, raw, sign(raw, demo.appSecret)).catch(() => 0);
        if (status === 200) acknowledged.add(words);
      }
    });
    await Promise.all(senders);
  };
  const burst = post();
  await until(() => acknowledged.size > BURST / 2, 30_000);
  server.isKilled = true;
  await run.end('SIGKILL');
  await burst;
  expect(acknowledged.size).toBeLessThan(BURST);
  await until(() => first.closed !== null);
  const told = first.told();

  await start();
  server.isKilled = false;
  await post();
  expect(acknowledged.size).toBe(BURST);
  const second = await Listener.subscribed(demo.url, apiKey, MESSAGES, { after: told.at(-1)?.cursor ?? after });
  const created = () => [...told, ...second.told()].filter((event) => event['change'] === 'CREATED');
  // Some were told before their process died.
  await until(() => told.length + second.frames.length >= BURST && created().length >= BURST, 30_000);
  await settle(500);
  const texts = created().map((event) => (event['message'] as { text: string }).text);
  expect(texts).toHaveLength(BURST);
  expect(new Set(texts)).toEqual(new Set(bodies.keys()));
  await second.close();
}, 150_000);

test('SIGTERM with live and stalled sockets: everybody is sent away with 1001 and the process ends with 0 in good time', async () => {
  const [{ apiKey }] = demo.tenants as [DemoFile['tenants'][number]];
  const live = await Listener.subscribed(demo.url, apiKey, MESSAGES);
  const stalled = await Listener.subscribed(demo.url, apiKey, MESSAGES);
  await settle(300);
  stalled.ws.pause();
  const begun = performance.now();
  const code = await run.end('SIGTERM');
  expect(code).toBe(0);
  expect(performance.now() - begun).toBeLessThan(10_000);
  await until(() => live.closed !== null);
  expect(live.closed?.code).toBe(1001);
  expect(live.frames.filter((frame) => frame.type === 'complete')).toEqual([]);
  stalled.cut();
  await start();
}, 60_000);

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}
