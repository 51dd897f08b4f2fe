import 'reflect-metadata';
import { type App, openServices, startApp } from '../src/app.ts';
import { tenantBell } from '../src/platform/bus.ts';
import type { Services } from '../src/platform/context.ts';
import type { DatabaseAddress } from '../src/platform/database-address.ts';
import { createLog } from '../src/platform/log.ts';
import { answer } from './side.ts';
import { MASTER_KEY, MEDIA_STORE } from './world.ts';

/** The product as it is, in a process of its own. Only the limits of one key are lifted, for here one key stands for many people. */
let services: Services & { close(): Promise<void> };
let app: App;

answer({
  async start(address: DatabaseAddress, role: 'api' | 'all', appSecret: string, graphUrl = 'http://127.0.0.1:9') {
    services = await openServices({
      database: address,
      masterKeys: [MASTER_KEY],
      mediaStore: MEDIA_STORE,
      log: createLog({ level: 'error' }),
    });
    app = await startApp(services, {
      role,
      port: 0,
      host: '127.0.0.1',
      isSecure: false,
      webhooks: { appSecret, verifyToken: 'bench' },
      whatsapp: { graphUrl, graphVersion: 'v26.0' },
      limits: { sockets: 1e6, subscriptions: 1e6 },
    });
    return Number(new URL(app.url).port);
  },
  /** The bells that Redis would carry. */
  ring(tenantIds: string[]) {
    for (const id of tenantIds) services.bus.ring(tenantBell(id));
  },
  ringBell(name: string) {
    services.bus.ring(name);
  },
  subscriptions: () => app.hub?.size ?? 0,
  /** What the worker has counted. */
  ingested: () => app.worker?.stats.ingest,
  delivered: () => app.worker?.stats.deliver,
  async end() {
    await app.close();
    await services.close();
  },
});
