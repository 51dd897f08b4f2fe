import { createSecretKey } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { verify } from '../src/whatsapp/signature.ts';
import { answer } from './side.ts';

/** The same as `serve-hmac.ts` without a framework: the least that Node can do to take a signed webhook. */
let key = createSecretKey(Buffer.alloc(32));

const server = http.createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const mac = verify(Buffer.concat(parts), request.headers['x-hub-signature-256'], key);
    response.writeHead(mac ? 200 : 401, { 'content-length': 0 }).end();
  });
});
// As long as Fastify does: connections stay from round to round.
server.keepAliveTimeout = 72_000;

answer({
  async start(appSecret: string) {
    key = createSecretKey(Buffer.from(appSecret));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  },
  end: () => undefined,
});
