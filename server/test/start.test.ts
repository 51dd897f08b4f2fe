import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSimulator } from '../simulator/simulator.ts';
import { type DemoFile, readDemoFile } from '../src/launch/demo-file.ts';
import { reset } from '../src/launch/reset.ts';
import { sign } from '../src/whatsapp/signature.ts';
import { ask, postWebhook, socket, until } from './harness/client.ts';
import { textBody } from './harness/envelopes.ts';
import { createDatabase } from './harness/postgres.ts';
import { databaseUrl, type RunningProcess, startProcess } from './harness/process.ts';
import { describeWithRedis, startRedis } from './harness/redis.ts';

const CONVERSATIONS = '{ conversations(first: 50) { nodes { id window { isOpen } lastMessage { text } } } }';
const SEND =
  'mutation($input: SendMessageInput!) { sendMessage(input: $input) { message { id status } userErrors { code message } } }';

/** A folder that the database's own user can reach too, as a checkout in most places can. */
function temporaryHome(): string {
  return mkdtempSync(path.join(os.tmpdir(), 'cube-start-'));
}

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}

/** Sends a reply in an open conversation and gives the statuses that a subscriber sees, up to READ. */
async function statusesOfReply(url: string, apiKey: string): Promise<string[]> {
  const client = socket(url, { apiKey });
  const seen: string[] = [];
  const { data } = await ask(url, { apiKey }, `{ eventCursor ${CONVERSATIONS.slice(1)}`);
  const open = data?.conversations.nodes.find((conversation: { window: { isOpen: boolean } }) => conversation.window.isOpen);
  const sent = await ask(url, { apiKey }, SEND, {
    input: { conversationId: open?.id, text: 'On its way', idempotencyKey: randomUUID() },
  });
  const messageId = sent.data?.sendMessage.message.id;
  const query = 'subscription($after: Cursor) { messageChanged(after: $after) { status message { id } } }';
  for await (const { data: event } of client.iterate<{ messageChanged: { status: string; message: { id: string } } }>({
    query,
    variables: { after: data?.eventCursor },
  })) {
    if (event?.messageChanged.message.id !== messageId) continue;
    seen.push(event?.messageChanged.status ?? '');
    if (seen.at(-1) === 'READ') break;
  }
  await client.dispose();
  return seen;
}

describe('the start command', () => {
  it('names every setting that cannot be used, at once, and ends with 1', async () => {
    const run = startProcess({ PORT: 'abc', ROLE: 'api', REDIS_URL: 'ftp://x' });
    await run.said(/PORT must be/);
    await until(() => run.child.exitCode !== null);
    expect(run.child.exitCode).toBe(1);
    expect(run.output()).toContain('DATABASE_URL is required');
    expect(run.output()).toContain('REDIS_URL must be');
  });
});

describe('a start on an empty folder', () => {
  const home = temporaryHome();
  let port: string;
  let run: RunningProcess;
  let demo: DemoFile;
  const start = async () => {
    run = startProcess({ CUBE_HOME: home, PORT: port });
    await run.said(/Stop +Ctrl-C/);
    demo = readDemoFile(home) as DemoFile;
  };

  beforeAll(async () => {
    port = await freePort();
    await start();
  }, 60_000);

  afterAll(async () => {
    await run.end('SIGKILL');
    await reset(home);
    rmSync(home, { recursive: true, force: true });
  });

  it('writes what scripts need, for its owner alone', () => {
    expect(statSync(path.join(home, 'demo.json')).mode & 0o777).toBe(0o600);
    expect(demo.url).toBe(`http://localhost:${port}`);
    expect(demo.tenants.map((tenant) => tenant.users.length)).toEqual([4, 3]);
    expect(run.output()).toContain(demo.tenants[0]?.apiKey);
  });

  it('shows a subscriber each step of a reply, in order, within 5 s', async () => {
    const seen = await statusesOfReply(demo.url, demo.tenants[0]?.apiKey as string);
    expect(seen).toEqual(['QUEUED', 'ACCEPTED', 'SENT', 'DELIVERED', 'READ']);
  }, 6_000);

  it('takes the webhook of a stranger who knows the secret, for the right company only', async () => {
    const [, acme] = demo.tenants;
    const words = `Do you open on Sunday? ${randomUUID()}`;
    const body = textBody(acme?.numbers[0]?.phoneNumberId as string, `wamid.${randomUUID()}`, '14155550999', words);
    expect(await postWebhook(demo.url, body, sign(body, demo.appSecret))).toBe(200);
    const texts = async (apiKey = '') =>
      (await ask(demo.url, { apiKey }, CONVERSATIONS)).data?.conversations.nodes.map(
        ({ lastMessage }: { lastMessage: { text: string } }) => lastMessage.text,
      ) as string[];
    await until(async () => (await texts(acme?.apiKey)).includes(words));
    expect(await texts(demo.tenants[0]?.apiKey)).not.toContain(words);
  });

  it('comes back after kill −9 with what it had acknowledged, and with the same keys', async () => {
    const before = demo;
    const [, acme] = before.tenants;
    const words = `Still there? ${randomUUID()}`;
    const body = textBody(acme?.numbers[0]?.phoneNumberId as string, `wamid.${randomUUID()}`, '14155550998', words);
    expect(await postWebhook(before.url, body, sign(body, before.appSecret))).toBe(200);
    await run.end('SIGKILL');
    await start();
    expect(demo).toEqual(before);
    await until(async () => {
      const { data } = await ask(demo.url, { apiKey: acme?.apiKey as string }, CONVERSATIONS);
      return data?.conversations.nodes.some(({ lastMessage }: { lastMessage: { text: string } }) => lastMessage.text === words);
    }, 10_000);
  }, 60_000);

  it('drains on Ctrl-C and ends with 0', async () => {
    expect(await run.end('SIGINT')).toBe(0);
    expect(readFileSync(path.join(home, 'demo.json'), 'utf8')).toContain(demo.appSecret);
  });
});

describeWithRedis('api and worker as processes of their own', () => {
  it('send a reply of one process through the other and show its steps', async () => {
    const database = await createDatabase();
    const redis = await startRedis();
    const home = temporaryHome();
    const port = await freePort();
    const simulator = await startSimulator({ appSecret: 'split-secret', numbers: [], settings: { trustUnseen: true } });
    const settings = {
      CUBE_HOME: home,
      DATABASE_URL: databaseUrl(database.address),
      REDIS_URL: redis.url,
      MEDIA_STORE: path.join(home, 'media'),
      WHATSAPP_GRAPH_URL: simulator.url,
      WHATSAPP_APP_SECRET: 'split-secret',
      LOG_LEVEL: 'silent',
    };
    const api = startProcess({ ...settings, ROLE: 'api', PORT: port });
    await api.said(/Stop +Ctrl-C/);
    const workerPort = await freePort();
    const worker = startProcess({ ...settings, ROLE: 'worker', WORKER_PORT: workerPort });
    await worker.said(/Worker ready/);
    try {
      const demo = readDemoFile(home) as DemoFile;
      const [nakheel] = demo.tenants;
      const words = `Hello across ${randomUUID()}`;
      const body = textBody(nakheel?.numbers[0]?.phoneNumberId as string, `wamid.${randomUUID()}`, '966503149999', words);
      const client = socket(demo.url, { apiKey: nakheel?.apiKey as string });
      const events = client.iterate<{ messageChanged: { message: { text: string } } }>({
        query: 'subscription { messageChanged { message { text } } }',
      });
      const first = events.next();
      await until(async () =>
        (await fetch(`${demo.url}/metrics`).then((answer) => answer.text())).includes('cube_subscriptions 1'),
      );
      expect(await postWebhook(demo.url, body, sign(body, 'split-secret'))).toBe(200);
      expect((await first).value?.data.messageChanged.message.text).toBe(words);
      await client.dispose();
      const ofWorker = (place: string) => fetch(`http://127.0.0.1:${workerPort}${place}`);
      expect((await ofWorker('/healthz')).status).toBe(200);
      expect(await (await ofWorker('/readyz')).json()).toEqual({ status: 'ready', database: true, bus: true });
      const figures = await (await ofWorker('/metrics')).text();
      expect(figures).toMatch(/# TYPE cube_ingest_messages counter\ncube_ingest_messages [1-9]/);
      expect(figures).toMatch(/cube_webhook_changes\{field="messages",outcome="handled"\} [1-9]/);
      for (const place of ['/graphql', '/media', '/']) expect((await ofWorker(place)).status, place).toBe(404);
    } finally {
      expect(await api.end('SIGTERM')).toBe(0);
      expect(await worker.end('SIGTERM')).toBe(0);
      await simulator.close();
      await redis.stop();
      await database.drop();
      rmSync(home, { recursive: true, force: true });
    }
  }, 60_000);
});
