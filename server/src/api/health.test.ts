import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../test/harness/app.ts';

import { postWebhook, until } from '../../test/harness/client.ts';
import { textBody } from '../../test/harness/envelopes.ts';

let api: TestApp;
let worker: TestApp;
beforeAll(async () => {
  api = await startTestApp({ role: 'api' });
  worker = await startTestApp({ role: 'worker', beside: api });
});
afterAll(async () => {
  await worker.close();
  await api.close();
});

const figuresOf = async ({ url }: TestApp) => (await fetch(`${url}/metrics`)).text();

describe('a process that only works', () => {
  it('says that it lives and is ready, and serves nothing else', async () => {
    expect(await (await fetch(`${worker.url}/healthz`)).json()).toEqual({ status: 'ok' });
    const ready = await fetch(`${worker.url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([200, { status: 'ready', database: true, bus: true }]);
    for (const path of ['/', '/graphql', '/media', '/webhooks/whatsapp'])
      expect((await fetch(`${worker.url}${path}`, { method: 'POST' })).status, path).toBe(404);
  });

  it('has the figures of what it did, as totals, which the API beside it has not', async () => {
    const body = textBody(api.tenants[0].phoneNumberId, 'wamid.figures', '4915559900', 'Count me');
    expect(await postWebhook(api.url, body)).toBe(200);
    await until(async () => /\ncube_ingest_messages 1\n/.test(await figuresOf(worker)), 15_000);
    const figures = await figuresOf(worker);
    expect(figures).toContain('# TYPE cube_ingest_messages counter');
    expect(figures).toContain('# TYPE cube_sends_posted counter');
    expect(figures).toMatch(
      /# TYPE cube_webhook_changes counter\ncube_webhook_changes\{field="messages",outcome="handled"\} 1\n/,
    );
    expect(figures).not.toContain('cube_subscriptions');
    const others = await figuresOf(api);
    expect(others).toContain('cube_subscriptions 0');
    expect(others).not.toContain('cube_ingest_');
  });
});
