import 'reflect-metadata';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startSimulator, type Simulator } from '../../simulator/simulator.ts';
import type { Settings } from '../../simulator/options.ts';
import { WebhookInbox } from '../../src/messaging/receive-webhook.ts';
import { startWorker, type Worker } from '../../src/messaging/worker.ts';
import type { Services } from '../../src/platform/context.ts';
import { CloudApi } from '../../src/whatsapp/cloud-api.ts';
import { verify } from '../../src/whatsapp/signature.ts';
import type { TestLine } from './messaging.ts';

const APP_SECRET = 'app-secret';

/** Meta's side for these numbers, which believes that every customer has written. */
export function startMeta(lines: readonly TestLine[], settings: Partial<Settings> = {}): Promise<Simulator> {
  const numbers = lines.map(({ phoneNumberId, token }, index) => ({
    phoneNumberId,
    token,
    displayPhone: `+49 30 5550${index}`,
    name: 'Shop',
    wabaId: '9001',
  }));
  return startSimulator({ numbers, appSecret: APP_SECRET, settings: { trustUnseen: true, ...settings } });
}

export interface Business {
  worker: Worker;
  inbox: WebhookInbox;
  /** Where Meta's side posts its webhooks. */
  webhookUrl: string;
  close(): Promise<void>;
}

/** One process of the product without its API: it takes webhooks, reads them, and sends what is queued. */
export async function startBusiness(services: Services, meta: Simulator, firstDelayMs = 4_000): Promise<Business> {
  const worker = startWorker(services, { cloudApi: new CloudApi({ baseUrl: meta.url, version: 'v26.0' }), firstDelayMs });
  const inbox = new WebhookInbox({ ...services, onStored: (bodies) => worker.take(bodies) });
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const raw = Buffer.concat(chunks);
    const mac = verify(raw, request.headers['x-hub-signature-256'], APP_SECRET);
    const answer = mac
      ? await inbox.store(raw, mac).then(
          () => 200,
          () => 503,
        )
      : 401;
    response.writeHead(answer).end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const webhookUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  meta.control.setWebhook(webhookUrl);
  return {
    worker,
    inbox,
    webhookUrl,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await worker.close();
    },
  };
}
