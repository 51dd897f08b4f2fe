import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { readdirSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { sampleOf } from '../../simulator/samples.ts';
import { startTestApp, type TestApp, type TestTenant } from '../../test/harness/app.ts';
import { headersFor, until } from '../../test/harness/client.ts';
import { inTenant } from '../../test/harness/many-conversations.ts';
import { upload } from '../../test/harness/media.ts';
import { settle } from '../../test/harness/until.ts';
import { DRAIN_MS } from './media-upload.ts';

let app: TestApp;
let tenant: TestTenant;
beforeAll(async () => {
  app = await startTestApp();
  [tenant] = app.tenants;
});
afterAll(() => app.close());

const PNG = new Uint8Array(sampleOf('png').bytes);
const agent = () => ({ apiKey: tenant.apiKeys.agent ?? '' });

type Field = [name: string, value: string | Blob];
const file = (name: string): Field => [name, new Blob([PNG])];

function formOf(...fields: Field[]): FormData {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  return form;
}

async function post(body: FormData | string, headers = {}) {
  const response = await fetch(`${app.url}/media`, { method: 'POST', body, headers: { ...headersFor(agent()), ...headers } });
  const { error } = (await response.json()) as { error?: { code: string; message: string } };
  return { status: response.status, ...error };
}

/** What there is of files: names in the store, and rows. */
async function kept(): Promise<string[]> {
  const rows = await inTenant<{ id: string }>(app, tenant, 'select id from media');
  return [
    ...(readdirSync(app.mediaFolder, { recursive: true }) as string[]).filter((name) => /\w{12}/.test(name)),
    ...rows.map(({ id }) => id),
  ];
}

async function leavesNothing(act: () => Promise<void>): Promise<void> {
  const before = new Set(await kept());
  await act();
  await until(async () => (await kept()).every((one) => before.has(one)), 10_000);
}

describe('a form is refused, and leaves nothing,', () => {
  it.each<[string, Field[], RegExp]>([
    ['without a file', [], /no file/],
    ['with two files', [file('file'), file('file')], /one file/],
    ['with its file in another field', [file('picture')], /field `file`/],
    ['with a field after the file', [file('file'), ['isVoice', 'true']], /isVoice before the file/],
    ['with an unknown field after the file', [file('file'), ['colour', 'red']], /kind and isVoice, and nothing else/],
    ['with a misspelt field', [['isvoice', 'true'], file('file')], /kind and isVoice, and nothing else/],
    ['with a field twice', [['kind', 'IMAGE'], ['kind', 'DOCUMENT'], file('file')], /kind once/],
  ])('%s', async (_what, fields, says) => {
    await leavesNothing(async () => {
      const refused = { status: 422, code: 'BAD_INPUT', message: expect.stringMatching(says) };
      expect(await post(formOf(...fields))).toEqual(refused);
    });
  });

  it('when it is none', async () => {
    const json = { 'content-type': 'application/json' };
    expect(await post('{}', json)).toMatchObject({ status: 415, code: 'BAD_INPUT' });
    const nonsense = { 'content-type': 'multipart/form-data; boundary=x' };
    expect(await post('nonsense', nonsense)).toMatchObject({ status: 422, code: 'BAD_INPUT' });
  });
});

describe('the line of an upload', () => {
  const lines = new Map<string, Socket>();
  const remember = (message: unknown) => {
    const { request, socket } = message as { request: IncomingMessage; socket: Socket };
    lines.set(request.url ?? '', socket);
  };
  beforeAll(() => subscribe('http.server.request.start', remember));
  afterAll(() => void unsubscribe('http.server.request.start', remember));

  it('waits for the next request no longer than any other, whatever was answered', async () => {
    const idle = async (path: string) => {
      const socket = lines.get(path);
      // Node sets it when the answer has gone out.
      await settle(100);
      return [socket?.timeout, socket?.listenerCount('timeout')];
    };
    expect((await (await fetch(`${app.url}/healthz`)).text()).length).toBeGreaterThan(0);
    const expected = await idle('/healthz');
    expect(expected[0]).toBeGreaterThan(1_000);
    const png = { bytes: sampleOf('png').bytes };
    expect((await upload(app.url, agent(), png)).status).toBe(201);
    expect(await idle('/media')).toEqual(expected);
    expect((await upload(app.url, { apiKey: 'nobody' }, png)).status).toBe(401);
    expect(await idle('/media')).toEqual(expected);
    expect((await upload(app.url, agent(), { ...png, fields: { kind: 'HOLOGRAM' } })).status).toBe(422);
    expect(await idle('/media')).toEqual(expected);
  });

  it('is not broken off later for a refusal that was read to its end', async () => {
    const [made, cleared] = [vi.spyOn(globalThis, 'setTimeout'), vi.spyOn(globalThis, 'clearTimeout')];
    try {
      expect((await post(formOf(file('file'), ['colour', 'red']))).status).toBe(422);
      await settle(100);
      const drains = made.mock.results.filter((_, index) => made.mock.calls[index]?.[1] === DRAIN_MS);
      for (const { value } of drains) expect(cleared).toHaveBeenCalledWith(value);
    } finally {
      vi.restoreAllMocks();
    }
  });
});
