import { once } from 'node:events';
import { type AddressInfo, type Server, type Socket, createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { CloudApi } from './cloud-api.ts';
import type { Content } from './content.ts';
import type { MessageToSend } from './message-to-send.ts';

const content: Content = { kind: 'TEXT', text: 'Hi "Ada" 😀', parts: {} };
const message: MessageToSend = { phoneNumberId: '7001', token: 'T', to: '4915550001', content, opaque: 'our-id' };
const accepted =
  '{"messaging_product":"whatsapp","contacts":[{"input":"+4915550001","wa_id":"4915550001"}],"messages":[{"id":"wamid.OUT1"}]}';
const closing: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A server of bare sockets, so that it can misbehave byte by byte: `react` gets each whole request. */
async function metaThat(react: (socket: Socket, request: string) => void) {
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    let heard = '';
    socket
      .on('error', () => undefined)
      .on('data', (chunk) => {
        heard += chunk.toString();
        const [head, body] = heard.split('\r\n\r\n');
        const length = Number(/content-length: (\d+)/i.exec(head ?? '')?.[1] ?? 0);
        if (body === undefined || Buffer.byteLength(body) < length) return;
        requests.push(heard);
        const request = heard;
        heard = '';
        react(socket, request);
      });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const api = new CloudApi({ baseUrl, version: 'v26.0', connections: 2, connectTimeoutMs: 300 });
  closing.push(
    () => api.destroy(),
    () => sockets.forEach((socket) => socket.destroy()),
    () => server.close(),
  );
  return { api, requests, server };
}

function answer(status: string, body: string, ...headers: string[]) {
  const lines = [
    `HTTP/1.1 ${status}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    ...headers,
  ];
  return (socket: Socket) => void socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`);
}

const fault = (code: number, details = 'why', more = {}) =>
  JSON.stringify({
    error: { message: `(#${code}) Title`, type: 'OAuthException', code, error_data: { details }, fbtrace_id: 'A', ...more },
  });

describe('sending a text', () => {
  it('writes what Meta documents, with a plus before the number', async () => {
    const { api, requests } = await metaThat(answer('200 OK', accepted));
    expect(await api.send({ ...message, replyToWamid: 'wamid.IN1' })).toEqual({
      kind: 'accepted',
      wamid: 'wamid.OUT1',
      waId: '4915550001',
    });
    const [head, body] = requests[0]!.split('\r\n\r\n');
    expect(head).toMatch(/^POST \/v26\.0\/7001\/messages HTTP\/1\.1\r\n/);
    expect(head?.toLowerCase()).toContain('authorization: bearer t\r\n');
    expect(JSON.parse(body!)).toEqual({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: '+4915550001',
      type: 'text',
      text: { body: 'Hi "Ada" 😀' },
      context: { message_id: 'wamid.IN1' },
      biz_opaque_callback_data: 'our-id',
    });
  });

  it('addresses a person without a number by user id', async () => {
    const byUser = '{"contacts":[{"input":"DE.4410A","user_id":"DE.4410A"}],"messages":[{"id":"wamid.OUT2"}]}';
    const { api, requests } = await metaThat(answer('200 OK', byUser));
    const outcome = await api.send({ phoneNumberId: '7001', token: 'T', recipient: 'DE.4410A', content, opaque: 'x' });
    expect(outcome).toEqual({ kind: 'accepted', wamid: 'wamid.OUT2', userId: 'DE.4410A' });
    expect(JSON.parse(requests[0]!.split('\r\n\r\n')[1]!)).toMatchObject({ recipient: 'DE.4410A' });
  });

  it('keeps its connections alive', async () => {
    const { api, server } = await metaThat(answer('200 OK', accepted));
    let connections = 0;
    server.on('connection', () => connections++);
    for (let count = 0; count < 20; count++) expect((await api.send(message)).kind).toBe('accepted');
    expect(connections).toBeLessThanOrEqual(2);
  });
});

describe('a refusal', () => {
  it('carries code, details and Retry-After', async () => {
    const { api } = await metaThat(answer('400 Bad Request', fault(130429, 'Slow down'), 'retry-after: 7'));
    const error = { code: 130429, title: '(#130429) Title', details: 'Slow down', transient: false, retryAfterMs: 7_000 };
    expect(await api.send(message)).toEqual({ kind: 'refused', httpStatus: 400, error });
  });

  it.each([1, 2, 131000, 131016])('is believed from an HTTP 5xx that carries code %i', async (code) => {
    const { api } = await metaThat(answer('503 Service Unavailable', fault(code, 'Down', { is_transient: true })));
    expect(await api.send(message)).toMatchObject({ kind: 'refused', httpStatus: 503, error: { code, transient: true } });
  });

  it.each(['429 Too Many Requests', '404 Not Found', '301 Moved Permanently'])('may come without a code: %s', async (status) => {
    const { api } = await metaThat(answer(status, '<html>'));
    expect(await api.send(message)).toMatchObject({ kind: 'refused', error: { code: null } });
  });
});

describe('an unwritten request', () => {
  it('is one to a port nobody listens on', async () => {
    const { api, server } = await metaThat(() => undefined);
    await new Promise((closed) => server.close(closed));
    expect(await api.send(message)).toMatchObject({ kind: 'unwritten', cause: { code: 'ECONNREFUSED' } });
  });

  it('is one to a name nobody has', async () => {
    const api = new CloudApi({ baseUrl: 'http://meta.invalid', version: 'v26.0' });
    closing.push(() => api.destroy());
    expect((await api.send(message)).kind).toBe('unwritten');
  });

  it('is one whose TLS handshake is cut', async () => {
    const { server } = await metaThat(() => undefined);
    server.prependListener('connection', (socket: Socket) => socket.once('data', () => socket.resetAndDestroy()));
    const api = new CloudApi({ baseUrl: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, version: 'v26.0' });
    closing.push(() => api.destroy());
    expect((await api.send(message)).kind).toBe('unwritten');
  });

  it('is one that never got a connection, and it is not written later', async () => {
    const { api, requests } = await metaThat((socket) => setTimeout(() => answer('200 OK', accepted)(socket), 300));
    const running = [api.send(message), api.send(message)];
    expect((await api.send({ ...message, opaque: 'queued' }, { timeoutMs: 100 })).kind).toBe('unwritten');
    expect((await Promise.all(running)).map((outcome) => outcome.kind)).toEqual(['accepted', 'accepted']);
    await new Promise((passed) => setTimeout(passed, 100));
    expect(requests.some((request) => request.includes('queued'))).toBe(false);
  });

  it('is one after closing', async () => {
    const { api } = await metaThat(answer('200 OK', accepted));
    await api.close();
    expect((await api.send(message)).kind).toBe('unwritten');
  });
});

describe('an unknown outcome', () => {
  it('is a connection reset after the request was read', async () => {
    const { api, requests } = await metaThat((socket) => socket.resetAndDestroy());
    expect((await api.send(message)).kind).toBe('unknown');
    expect(requests).toHaveLength(1);
  });

  it('is a connection closed in the middle of the answer', async () => {
    const { api, requests } = await metaThat((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{"messag'));
    expect((await api.send(message)).kind).toBe('unknown');
    expect(requests).toHaveLength(1);
  });

  it('is a reset of a connection that was kept alive', async () => {
    let count = 0;
    const { api, requests } = await metaThat((socket) =>
      count++ ? socket.resetAndDestroy() : answer('200 OK', accepted)(socket),
    );
    expect((await api.send(message)).kind).toBe('accepted');
    expect((await api.send(message)).kind).toBe('unknown');
    expect(requests).toHaveLength(2);
  });

  it('is no answer in time', async () => {
    const { api, requests } = await metaThat(() => undefined);
    expect((await api.send(message, { timeoutMs: 100 })).kind).toBe('unknown');
    expect(requests).toHaveLength(1);
  });

  it.each([
    ['a gateway without a body', '503 Service Unavailable', ''],
    ['a gateway with HTML', '502 Bad Gateway', '<html>'],
    ['a gateway that timed out', '408 Request Timeout', ''],
    ['a 200 that cannot be read', '200 OK', '<html>'],
    ['a 200 without an id', '200 OK', '{"messages":[{}]}'],
    ['an endless answer', '200 OK', accepted.replace('{', `{"padding":"${'x'.repeat(70_000)}",`)],
  ])('is %s', async (_name, status, body) => {
    const { api } = await metaThat(answer(status, body));
    expect((await api.send(message)).kind).toBe('unknown');
  });

  it('is a call cut by ourselves', async () => {
    const { api, requests } = await metaThat(() => undefined);
    const outcome = api.send(message);
    while (requests.length === 0) await new Promise((passed) => setTimeout(passed, 5));
    await api.destroy();
    expect((await outcome).kind).toBe('unknown');
  });
});

describe('reading a number', () => {
  it('gives its name, or why Meta refuses', async () => {
    const number = '{"id":"7001","display_phone_number":"+49 30 55501","verified_name":"Shop","quality_rating":"GREEN"}';
    const { api, requests } = await metaThat(answer('200 OK', number));
    const found = { phoneNumberId: '7001', displayPhone: '+49 30 55501', verifiedName: 'Shop', quality: 'GREEN' };
    expect(await api.readNumber('7001', 'T')).toMatchObject({ kind: 'done', value: found });
    expect(requests[0]).toMatch(/^GET \/v26\.0\/7001\?fields=/);
    const refusing = await metaThat(answer('401 Unauthorized', fault(190)));
    expect(await refusing.api.readNumber('7001', 'T')).toMatchObject({
      kind: 'refused',
      httpStatus: 401,
      error: { code: 190 },
    });
  });
});
