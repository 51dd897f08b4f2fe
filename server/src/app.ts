import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { createHealthServer } from './api/health-server.ts';
import { createServer, type ApiOptions } from './api/server.ts';
import { Contact } from './contacts/contact.ts';
import { ContactIdentity } from './contacts/contact-identity.ts';
import { ContactMerge } from './conversations/contact-merge.ts';
import { Conversation } from './conversations/conversation.ts';
import { WhatsappAccount } from './conversations/whatsapp-account.ts';
import { WhatsappApp } from './conversations/whatsapp-app.ts';
import { WhatsappNumber } from './conversations/whatsapp-number.ts';
import { appendEvents } from './events/append.ts';
import type { Hub } from './events/hub.ts';
import { ApiKey } from './identity/api-key.ts';
import { Member } from './identity/member.ts';
import { Role } from './identity/role.ts';
import { Tenant } from './identity/tenant.ts';
import { User } from './identity/user.ts';
import { Media } from './messaging/media/media.ts';
import { Message } from './messaging/message.ts';
import { QuarantinedWebhook } from './messaging/quarantine/quarantined-webhook.ts';
import { WebhookInbox } from './messaging/receive-webhook.ts';
import { startWorker, type Worker, type WorkerParts } from './messaging/worker.ts';
import { localBus } from './platform/bus.ts';
import type { OperationServices, Services } from './platform/context.ts';
import { type Database, openDatabase } from './platform/database.ts';
import type { DatabaseAddress } from './platform/database-address.ts';
import { DatabaseClock } from './platform/database-clock.ts';
import { localKeyWrapper } from './platform/key-wrapper.ts';
import { Keys } from './platform/keys.ts';
import type { Log } from './platform/log.ts';
import type { MediaStoreAddress } from './platform/media-store.ts';
import { openMediaStore } from './platform/open-media-store.ts';
import { queryOn } from './platform/query.ts';
import { redisBus } from './platform/redis-bus.ts';
import type { MasterKey } from './platform/settings.ts';
import { Template } from './templates/template.ts';
import { CloudApi } from './whatsapp/cloud-api.ts';

const META_HOST = /(^|\.)facebook\.com$/;

/** Every class that is a table. */
export const ENTITIES = [
  Tenant,
  User,
  Role,
  Member,
  ApiKey,
  WhatsappApp,
  WhatsappAccount,
  WhatsappNumber,
  Contact,
  ContactIdentity,
  ContactMerge,
  Conversation,
  Template,
  Media,
  Message,
  QuarantinedWebhook,
];

export interface ServiceOptions {
  database: DatabaseAddress;
  masterKeys: readonly MasterKey[];
  redisUrl?: string;
  mediaStore: MediaStoreAddress;
  log: Log;
}

/** Opens what every part shares. The database must be migrated. Throws when `masterKeys` do not open what it holds. */
export async function openServices({
  database: address,
  masterKeys,
  redisUrl,
  mediaStore,
  log,
}: ServiceOptions): Promise<Services & { close(): Promise<void> }> {
  const media = await openMediaStore(mediaStore);
  const database = await openDatabase(address, ENTITIES);
  const keys = new Keys(localKeyWrapper(masterKeys));
  try {
    await checkMasterKeys(keys, database);
  } catch (error) {
    await database.close();
    throw error;
  }
  const clock = await DatabaseClock.start(database.app);
  const bus = redisUrl
    ? await redisBus(redisUrl, (fault) => log.warn({ err: fault }, 'Redis is away; events come late until it is back'))
    : localBus();
  const close = async () => {
    clock.stop();
    await bus.close();
    await media.close();
    await database.close();
  };
  return { database, clock, bus, log, keys, appendEvents, media, close };
}

/** A server that could read nothing shall not start, let alone seal new rows under another key. Makes the e-mail index's key on the very first start. */
async function checkMasterKeys(keys: Keys, { app }: Database): Promise<void> {
  await keys.platformKey(queryOn(app), 'INDEX', 'email');
}

export interface AppOptions extends ApiOptions {
  role: 'all' | 'api' | 'worker';
  /** 0 takes any free port. */
  port: number;
  host: string;
  whatsapp: { graphUrl: string; graphVersion: string };
  sending?: Pick<WorkerParts, 'firstDelayMs' | 'timeoutMs'>;
  /** Where people and Meta reach this server, without a slash at the end; without it, this machine and the port. */
  publicUrl?: string;
}

export interface App {
  /** Where it answers; a worker says there only how it is. */
  url: string;
  services: OperationServices;
  hub?: Hub;
  worker?: Worker;
  /** Takes no more, finishes what is under way, and closes its connections. */
  close(): Promise<void>;
}

/** Builds the parts of this process's role and starts them. */
export async function startApp(opened: Services, options: AppOptions): Promise<App> {
  const { role, whatsapp } = options;
  const cloudApi = new CloudApi({ baseUrl: whatsapp.graphUrl, version: whatsapp.graphVersion });
  const isMeta = META_HOST.test(new URL(whatsapp.graphUrl).hostname);
  const services: OperationServices = { ...opened, cloudApi, isMeta, publicUrl: options.publicUrl };
  const worker = role === 'api' ? undefined : startWorker(opened, { cloudApi, isMeta, ...options.sending });
  const stop = () => (worker ? worker.close() : cloudApi.destroy());
  const figures = worker && { figures: figuresOf(worker), webhookChanges: () => worker.stats.webhookChanges };
  if (role === 'worker') {
    const health = createHealthServer(services, figures ?? {});
    return { url: await listen(health, options), services, worker, close: () => closeAll(health, stop) };
  }
  const inbox = new WebhookInbox({ ...services, ...(worker && { onStored: (bodies) => worker.take(bodies) }) });
  const { server, hub } = await createServer(services, inbox, { ...options, ...figures });
  const url = await listen(server, options);
  services.publicUrl ??= url;
  return { url, services, hub, ...(worker && { worker }), close: () => closeAll(server, stop) };
}

/** Gives the address that it answers on, as seen from this machine. */
async function listen(server: FastifyInstance, { port, host }: Pick<AppOptions, 'port' | 'host'>): Promise<string> {
  await server.listen({ port, host });
  return `http://localhost:${(server.server.address() as AddressInfo).port}`;
}

async function closeAll(server: FastifyInstance, stop: () => Promise<void>): Promise<void> {
  await server.close();
  await stop();
}

/** What the worker counts, for /metrics: `sends_accepted`, `ingest_messages` and so on. */
function figuresOf(worker: Worker): Record<string, () => number> {
  const figures: Record<string, () => number> = {};
  for (const name of Object.keys(worker.stats.ingest))
    figures[`ingest_${snake(name)}`] = () => worker.stats.ingest[name as 'messages'];
  for (const name of Object.keys(worker.stats.swept))
    figures[`swept_${snake(name)}`] = () => worker.stats.swept[name as 'events'];
  for (const name of Object.keys(worker.stats.deliver))
    figures[`sends_${snake(name)}`] = () => worker.stats.deliver[name as 'posted'];
  return figures;
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
