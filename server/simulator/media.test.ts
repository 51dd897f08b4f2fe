import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ErrorResponse, MediaResponse } from '../src/whatsapp/wire.ts';
import { SAMPLE_NAMES, sampleOf } from './samples.ts';
import { faultOfFile } from './media-types.ts';
import type { Simulator } from './simulator.ts';
import { type Business, ada, number, otherNumber, post, startBoth, text } from './test-business.ts';

const DAY_MS = 24 * 3_600_000;
let simulator: Simulator;
let business: Business;
let now = Date.now();

beforeAll(async () => {
  ({ simulator, business } = await startBoth({ trustUnseen: true, pairBurst: 1_000 }, { now: () => now, mediaBytes: 200_000 }));
});

afterAll(async () => {
  await simulator.close();
  business.close();
});

function upload(bytes: Buffer, mimeType: string, more: Record<string, string> = {}): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of Object.entries({ messaging_product: 'whatsapp', ...more })) form.set(name, value);
  form.set('file', new Blob([new Uint8Array(bytes)], { type: mimeType }), 'file');
  const headers = { authorization: `Bearer ${number.token}` };
  return fetch(`${simulator.url}/v26.0/7001/media`, { method: 'POST', headers, body: form });
}

async function uploaded(name: (typeof SAMPLE_NAMES)[number]): Promise<string> {
  const { bytes, mimeType } = sampleOf(name);
  return ((await (await upload(bytes, mimeType)).json()) as { id: string }).id;
}

function ask(path: string, token: string | null = number.token, method = 'GET'): Promise<Response> {
  const url = path.startsWith('http') ? path : `${simulator.url}/v26.0/${path}`;
  return fetch(url, { method, headers: token === null ? {} : { authorization: `Bearer ${token}` } });
}

async function refused(response: Promise<Response>) {
  const answer = await response;
  return [answer.status, ((await answer.json()) as ErrorResponse).error.code];
}

describe('samples', () => {
  it.each(SAMPLE_NAMES)('of type %s are what they say and small', (name) => {
    const { bytes, mimeType } = sampleOf(name);
    expect(faultOfFile(mimeType, bytes)).toBeNull();
    expect(bytes.length).toBeLessThan(70_000);
  });
});

describe('files', () => {
  it('are uploaded, looked up, fetched and deleted', async () => {
    const { bytes, mimeType } = sampleOf('png');
    const { id } = (await (await upload(bytes, mimeType)).json()) as { id: string };
    expect(id).toMatch(/^\d+$/);
    const found = (await (await ask(id)).json()) as MediaResponse;
    expect(found).toEqual({
      messaging_product: 'whatsapp',
      url: expect.stringContaining(simulator.url),
      mime_type: 'image/png',
      sha256: createHash('sha256').update(bytes).digest('base64'),
      file_size: String(bytes.length),
      id,
    });
    const fetched = await ask(found.url);
    expect(fetched.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await fetched.arrayBuffer()).equals(bytes)).toBe(true);
    expect(await (await ask(id, number.token, 'DELETE')).json()).toEqual({ success: true });
    expect(await refused(ask(id))).toEqual([400, 100]);
    expect((await ask(found.url)).status).toBe(404);
  });

  it('are seen by their own account alone, and not without a token', async () => {
    const id = await uploaded('png');
    const { url } = (await (await ask(id)).json()) as MediaResponse;
    expect(await refused(ask(id, otherNumber.token))).toEqual([400, 100]);
    expect(await refused(ask(`${id}?phone_number_id=7002`))).toEqual([400, 100]);
    expect((await ask(url, otherNumber.token)).status).toBe(404);
    expect(await refused(ask(url, null))).toEqual([401, 190]);
  });

  it('have addresses for 5 minutes, and ids for 30 days or, from a customer, 7', async () => {
    const begin = now;
    const own = await uploaded('pdf');
    simulator.control.write({ phone: ada.phone, phoneNumberId: '7001', media: { sample: 'ogg' } });
    await simulator.control.settle();
    const { audio } = business.messages().at(-1) as unknown as { audio: { id: string; url: string } };
    const { url } = (await (await ask(own)).json()) as MediaResponse;
    expect((await ask(audio.url)).status).toBe(200);
    now = begin + 5 * 60_000;
    expect((await ask(url)).status).toBe(404);
    expect((await ask(audio.url)).status).toBe(404);
    now = begin + 7 * DAY_MS - 1;
    expect((await ask(audio.id)).status).toBe(200);
    now = begin + 7 * DAY_MS;
    expect(await refused(ask(audio.id))).toEqual([400, 100]);
    now = begin + 30 * DAY_MS;
    expect(await refused(ask(own))).toEqual([400, 100]);
    now = begin;
  });

  it.each<[string, Buffer, string, Record<string, string>, number]>([
    ['of another type', Buffer.from('x'), 'application/zip', {}, 131053],
    ['that are not what they say', Buffer.from('hello'), 'image/png', {}, 131053],
    ['that are empty', Buffer.alloc(0), 'text/plain', {}, 131053],
    ['that are too large', Buffer.concat([sampleOf('jpeg').bytes, Buffer.alloc(5 * 1024 * 1024)]), 'image/jpeg', {}, 131053],
    ['with another product', sampleOf('png').bytes, 'image/png', { messaging_product: 'x' }, 100],
    ['with unknown fields', sampleOf('png').bytes, 'image/png', { colour: 'red' }, 100],
  ])('are refused: %s', async (_name, bytes, mimeType, more, code) => {
    expect(await refused(upload(bytes, mimeType, more))).toEqual([400, code]);
  });

  it('may name their type in the form', async () => {
    expect((await upload(sampleOf('ogg').bytes, 'application/octet-stream', { type: 'audio/ogg' })).status).toBe(200);
  });

  it('are forgotten oldest first when there are too many bytes', async () => {
    const first = await uploaded('png');
    const large = Buffer.concat([sampleOf('pdf').bytes, Buffer.alloc(99_000)]);
    for (let count = 0; count < 3; count++) await upload(large, 'application/pdf');
    expect(await refused(ask(first))).toEqual([400, 100]);
  });
});

describe('faults of files', () => {
  it('answer downloads with 503 so many times, and cut them short', async () => {
    const { url } = (await (await ask(await uploaded('png'))).json()) as MediaResponse;
    simulator.control.fault({ kind: 'http', status: 503 }, { next: 2, on: 'download' });
    expect([(await ask(url)).status, (await ask(url)).status, (await ask(url)).status]).toEqual([503, 503, 200]);
    simulator.control.fault({ kind: 'drop' }, { next: 1, on: 'download' });
    await expect(ask(url).then((response) => response.arrayBuffer())).rejects.toThrow();
  });

  it('strike uploads and look-ups on their own', async () => {
    const id = await uploaded('png');
    simulator.control.fault({ kind: 'answer', code: 131000 }, { next: 1, on: 'lookup' });
    simulator.control.fault({ kind: 'cut' }, { next: 1, on: 'media' });
    expect(await refused(ask(id))).toEqual([500, 131000]);
    await expect(upload(sampleOf('png').bytes, 'image/png')).rejects.toThrow();
    expect((await ask(id)).status).toBe(200);
    expect((await upload(sampleOf('png').bytes, 'image/png')).status).toBe(200);
    expect((await post(simulator, text)).status).toBe(200);
  });
});

describe('resumable uploads', () => {
  const begin = (query: string) => fetch(`${simulator.url}/v26.0/${query}&access_token=${number.token}`, { method: 'POST' });
  const send = (id: string, bytes: Buffer, offset: number) =>
    fetch(`${simulator.url}/v26.0/${id}`, {
      method: 'POST',
      headers: { authorization: `OAuth ${number.token}`, file_offset: String(offset) },
      body: new Uint8Array(bytes),
    });

  it('take a file in pieces and give a handle', async () => {
    const { bytes } = sampleOf('jpeg');
    const asked = `4001/uploads?file_name=a.jpg&file_length=${bytes.length}&file_type=image/jpeg`;
    const { id } = (await (await begin(asked)).json()) as { id: string };
    expect(id).toMatch(/^upload:/);
    expect(await (await send(id, bytes.subarray(0, 500), 0)).json()).toEqual({ id, file_offset: 500 });
    expect(await (await ask(id)).json()).toEqual({ id, file_offset: 500 });
    expect(await refused(send(id, bytes.subarray(500), 400))).toEqual([400, 100]);
    expect(await (await send(id, bytes.subarray(500), 500)).json()).toEqual({ h: expect.stringMatching(/^4::/) });
  });

  it('are refused for other apps, types and sizes', async () => {
    expect(await refused(begin('4999/uploads?file_length=5&file_type=image/jpeg'))).toEqual([400, 100]);
    expect(await refused(begin('4001/uploads?file_length=5&file_type=text/plain'))).toEqual([400, 100]);
    expect(await refused(begin('4001/uploads?file_length=0&file_type=image/jpeg'))).toEqual([400, 100]);
  });
});
