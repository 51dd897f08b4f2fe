import { once } from 'node:events';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Refused, answerJson } from './answer.ts';
import { type Control, controlOf } from './control.ts';
import { answerControl } from './control-http.ts';
import { Customers } from './customers.ts';
import { answerGraph } from './graph.ts';
import { answerDownload, answerSample } from './media-http.ts';
import type { SimulatorOptions } from './options.ts';
import { reviewTemplate } from './review-template.ts';
import { World } from './world.ts';

export interface Simulator {
  /** For `WHATSAPP_GRAPH_URL`; the controls are below `/control`. */
  url: string;
  control: Control;
  close(): Promise<void>;
}

/** Starts a stand-in for Meta's Cloud API, with customers behind it, on this machine's loopback address. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const world = new World(options);
  const customers = new Customers(world);
  const server = createServer((request, response) => void answer(world, request, response));
  server.keepAliveTimeout = 75_000;
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  world.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  if (options.webhookUrl) world.webhooks.setUrl(options.webhookUrl);
  customers.start();
  for (const template of world.templates.of()) if (template.status === 'PENDING') world.follow(reviewTemplate(world, template));
  return {
    url: world.url,
    control: controlOf(world),
    async close() {
      world.pauses.end();
      server.closeAllConnections();
      world.webhooks.close();
      const ended = new Promise((closed) => server.close(closed));
      // Once more: somebody may have connected in between.
      server.closeAllConnections();
      await ended;
    },
  };
}

async function answer(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    if (request.url?.startsWith('/control/')) await answerControl(world, request, response);
    else if (request.url?.startsWith('/media/')) await answerDownload(world, request, response);
    else if (request.url?.startsWith('/sample/')) answerSample(world, request, response);
    else await answerGraph(world, request, response);
  } catch (error) {
    // A caller that went away in the middle of its request needs no answer.
    if (response.headersSent || response.destroyed) response.destroy();
    else if (error instanceof Refused) answerJson(response, error.httpStatus, { error: error.message });
    else answerJson(response, 500, { error: 'The simulator has a fault of its own' });
  }
}
