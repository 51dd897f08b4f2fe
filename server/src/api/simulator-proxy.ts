import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Pool } from 'undici';

/** A file of 20 MB, raw or, as base64 within JSON, a third longer. */
const BODY_MAX = 28 * 1024 * 1024;
/** What tells the page how to show an answer. */
const KEPT_HEADERS = ['content-type', 'content-length', 'content-disposition', 'x-content-type-options'];

/** In the demo: the page /simulator talks to the simulator through here, so that everything has one origin. Bodies stream both ways. */
export function serveSimulator(server: FastifyInstance, simulatorUrl: string): void {
  const pool = new Pool(simulatorUrl, { connections: 4 });
  server.addHook('onClose', () => pool.destroy());
  void server.register(async (scope) => {
    // The simulator reads the bodies; here they only pass.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { bodyLimit: BODY_MAX }, (_request, payload, done) => done(null, payload));
    scope.route<{ Params: { '*': string } }>({
      method: ['GET', 'POST', 'DELETE'],
      url: '/simulator/api/*',
      bodyLimit: BODY_MAX,
      handler: async (request, reply) => {
        const query = request.url.split('?')[1];
        const answer = await pool.request({
          method: request.method as 'GET' | 'POST' | 'DELETE',
          path: `/control/${request.params['*']}${query ? `?${query}` : ''}`,
          ...(request.method === 'POST' && bodyOf(request)),
        });
        for (const name of KEPT_HEADERS) if (answer.headers[name] !== undefined) reply.header(name, answer.headers[name]);
        // Whatever a customer sends is shown within the page's origin, so it may not run there.
        reply.header('content-security-policy', "default-src 'none'; sandbox");
        return reply.code(answer.statusCode).send(answer.body);
      },
    });
  });
}

/** A POST without a body means no fields. */
function bodyOf({ body, headers }: FastifyRequest): { body: Readable | string; headers: Record<string, string> } {
  if (!body) return { body: '{}', headers: { 'content-type': 'application/json' } };
  return { body: body as Readable, headers: { 'content-type': headers['content-type'] ?? 'application/octet-stream' } };
}
