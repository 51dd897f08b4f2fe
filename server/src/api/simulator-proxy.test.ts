import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleOf } from '../../simulator/samples.ts';
import { type Simulator, startSimulator } from '../../simulator/simulator.ts';
import { serveSimulator } from './simulator-proxy.ts';

let simulator: Simulator;
let server: FastifyInstance;
let url: string;

beforeAll(async () => {
  const number = { phoneNumberId: '7001', displayPhone: '+49 30 55501', name: 'Shop', wabaId: '9001', token: 'T1' };
  simulator = await startSimulator({ numbers: [number], appSecret: 'app-secret' });
  server = Fastify({ bodyLimit: 256 * 1024 });
  serveSimulator(server, simulator.url);
  url = `${await server.listen({ host: '127.0.0.1', port: 0 })}/simulator/api`;
});

afterAll(async () => {
  await server.close();
  await simulator.close();
});

const json = { 'content-type': 'application/json' };
const customer = { phone: '+4915550001', phoneNumberId: '7001' };

describe("the page's way to the simulator", () => {
  it('passes files both ways, with their types, and lets nothing run in them', async () => {
    const film = Buffer.concat([sampleOf('mp4').bytes, Buffer.alloc(15 * 1024 * 1024)]);
    const kept = await fetch(`${url}/media?phoneNumberId=7001&fileName=a.mp4`, {
      method: 'POST',
      headers: { 'content-type': 'video/mp4' },
      body: new Uint8Array(film),
    });
    expect(kept.status).toBe(201);
    const { id } = (await kept.json()) as { id: string };
    const shown = await fetch(`${url}/media/${id}`);
    expect(shown.headers.get('content-type')).toBe('video/mp4');
    expect(shown.headers.get('content-disposition')).toContain('a.mp4');
    expect(shown.headers.get('content-security-policy')).toContain('sandbox');
    expect(Buffer.from(await shown.arrayBuffer()).equals(film)).toBe(true);
  });

  it('passes JSON, a file of 20 MB as base64 included', async () => {
    const bytes = Buffer.concat([sampleOf('pdf').bytes, Buffer.alloc(20 * 1024 * 1024 - 2_000)]).toString('base64');
    const body = JSON.stringify({ ...customer, text: 'Look', media: { bytes, mimeType: 'application/pdf' } });
    const written = await fetch(`${url}/messages`, { method: 'POST', headers: json, body });
    expect(written.status).toBe(202);
    const chat = await fetch(`${url}/chat?${new URLSearchParams(customer)}`);
    expect(await chat.json()).toMatchObject({ messages: [{ type: 'document', text: 'Look' }] });
  });

  it('passes refusals on, and takes only JSON for acts', async () => {
    const wrong = { method: 'POST', body: JSON.stringify({ ...customer, text: 'Hi' }) };
    expect((await fetch(`${url}/messages`, { ...wrong, headers: { 'content-type': 'text/plain' } })).status).toBe(415);
    expect((await fetch(`${url}/messages`, { method: 'POST' })).status).toBe(400);
    expect((await fetch(`${url}/nowhere`)).status).toBe(404);
    const fault = JSON.stringify({ kind: 'silent', next: 1 });
    expect((await fetch(`${url}/faults`, { method: 'POST', headers: json, body: fault })).status).toBe(202);
    expect((await fetch(`${url}/faults`, { method: 'DELETE' })).status).toBe(200);
  });
});
