import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { createServer } from '../src/api/server.ts';
import { openServices } from '../src/app.ts';
import { type Stored, WebhookInbox } from '../src/messaging/receive-webhook.ts';
import type { DatabaseAddress } from '../src/platform/database-address.ts';
import { createLog } from '../src/platform/log.ts';
import { CloudApi } from '../src/whatsapp/cloud-api.ts';
import { answer } from './side.ts';
import { MASTER_KEY, MEDIA_STORE } from './world.ts';

/** The product's own server, which checks a webhook's signature and stores nothing. */
class NoInbox extends WebhookInbox {
  override store(): Promise<Stored> {
    return Promise.resolve('stored');
  }
}

answer({
  async start(address: DatabaseAddress, appSecret: string) {
    const opened = await openServices({
      database: address,
      masterKeys: [MASTER_KEY],
      mediaStore: MEDIA_STORE,
      log: createLog({ level: 'error' }),
    });
    const cloudApi = new CloudApi({ baseUrl: 'http://127.0.0.1:9', version: 'v26.0' });
    const services = { ...opened, cloudApi, isMeta: false };
    const webhooks = { appSecret, verifyToken: 'bench' };
    const { server } = await createServer(services, new NoInbox(services), { webhooks, isSecure: false });
    await server.listen({ port: 0, host: '127.0.0.1' });
    return (server.server.address() as AddressInfo).port;
  },
  end: () => undefined,
});
