import { readFileSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** Serves the built web client; every address that a browser asks for as a page gets its one page. */
export async function serveWebClient(server: FastifyInstance, root: string): Promise<void> {
  const page = readFileSync(path.join(root, 'index.html'), 'utf8');
  await server.register(fastifyStatic, {
    root,
    wildcard: false,
    index: false,
    setHeaders: (reply, file) => {
      // Names in this folder carry a hash of the content.
      if (file.includes(`${path.sep}immutable${path.sep}`)) reply.header('cache-control', 'public, max-age=31536000, immutable');
    },
  });
  server.setNotFoundHandler((request, reply) => {
    if (request.method !== 'GET' || !request.headers.accept?.includes('text/html'))
      return reply.code(404).send({ error: 'Not found' });
    return reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(page);
  });
}
