import { createSecretKey } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import { verify } from '../src/whatsapp/signature.ts';
import { answer } from './side.ts';

/** The limit of what can come in one by one: a bare server of the same kind that reads a webhook, checks its signature and does nothing. */
const server = Fastify();
let key = createSecretKey(Buffer.alloc(32));

server.removeAllContentTypeParsers();
server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
server.post('/webhooks/whatsapp', (request, reply) => {
  const mac = verify(request.body as Buffer, request.headers['x-hub-signature-256'], key);
  void reply.code(mac ? 200 : 401).send();
});

answer({
  async start(appSecret: string) {
    key = createSecretKey(Buffer.from(appSecret));
    await server.listen({ port: 0, host: '127.0.0.1' });
    return (server.server.address() as AddressInfo).port;
  },
  end: () => undefined,
});
