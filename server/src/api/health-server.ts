import Fastify, { type FastifyInstance } from 'fastify';
import type { Services } from '../platform/context.ts';
import { type Figures, serveHealth } from './health.ts';

/** What answers in a process that serves nobody: how it is, and what it counts. Ready to listen. */
export function createHealthServer(services: Services, figures: Figures): FastifyInstance {
  const server = Fastify({ forceCloseConnections: true, bodyLimit: 1024 });
  serveHealth(server, services, undefined, figures);
  return server;
}
