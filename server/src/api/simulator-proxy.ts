import type { FastifyInstance } from 'fastify';
import { Pool } from 'undici';

/** In the demo: the page /simulator talks to the simulator through here, so that everything has one origin. */
export function serveSimulator(server: FastifyInstance, simulatorUrl: string): void {
  const pool = new Pool(simulatorUrl, { connections: 4 });
  server.addHook('onClose', () => pool.destroy());
  server.route<{ Params: { '*': string } }>({
    method: ['GET', 'POST'],
    url: '/simulator/api/*',
    handler: async (request, reply) => {
      const query = request.url.split('?')[1];
      const answer = await pool.request({
        method: request.method as 'GET' | 'POST',
        path: `/control/${request.params['*']}${query ? `?${query}` : ''}`,
        ...(request.method === 'POST' && {
          body: JSON.stringify(request.body ?? {}),
          headers: { 'content-type': 'application/json' },
        }),
      });
      return reply
        .code(answer.statusCode)
        .type('application/json')
        .send(await answer.body.text());
    },
  });
}
