import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startSimulator, type Simulator } from '../../simulator/simulator.ts';
import type { SimulatedTemplate } from '../../simulator/templates.ts';
import type { Settings as SimulatorSettings, SimulatedNumber } from '../../simulator/options.ts';
import { type App, type AppOptions, openServices, startApp } from '../../src/app.ts';
import { enterNumber } from '../../src/conversations/enter-number.ts';
import { createTenant } from '../../src/identity/create-tenant.ts';
import { createUser } from '../../src/identity/create-user.ts';
import { SYSTEM_ROLES } from '../../src/identity/role.ts';
import { digestOf, newSecret, writeApiKey } from '../../src/identity/secrets.ts';
import type { OperationServices, Services } from '../../src/platform/context.ts';
import type { DatabaseAddress } from '../../src/platform/database-address.ts';
import { newId } from '../../src/platform/ids.ts';
import { createLog } from '../../src/platform/log.ts';
import { uuidBytes } from '../../src/platform/sealed.ts';
import { tenantQuery } from '../../src/platform/tenant-query.ts';
import { createDatabase } from './postgres.ts';

export const APP_SECRET = 'test-app-secret';
export const VERIFY_TOKEN = 'test-verify-token';
const MASTER_KEY = { id: 'test', bytes: randomBytes(32) };

export interface TestUser {
  email: string;
  password: string;
  userId: string;
  memberId: string;
}

/** A tenant with one member and one API key for each role, and one number. */
export interface TestTenant {
  id: string;
  name: string;
  numberId: string;
  phoneNumberId: string;
  token: string;
  users: Record<string, TestUser>;
  /** The text of an API key with the permissions of that role. */
  apiKeys: Record<string, string>;
}

export interface TestApp {
  url: string;
  address: DatabaseAddress;
  app: App;
  services: OperationServices;
  simulator: Simulator;
  tenants: [TestTenant, TestTenant];
  /** Where sealed files lie. */
  mediaFolder: string;
  close(): Promise<void>;
}

export interface TestAppOptions {
  simulator?: Partial<SimulatorSettings>;
  /** Templates that Meta has from the start, in the account of both tenants. */
  templates?: SimulatedTemplate[];
  /** Numbers at Meta that nobody here has connected yet. */
  numbers?: SimulatedNumber[];
  redisUrl?: string;
  role?: AppOptions['role'];
  /** Another process on the same database and simulator: no tenants are made. */
  beside?: TestApp;
  limits?: AppOptions['limits'];
  sending?: AppOptions['sending'];
  /** A migrated database that is there already and stays. */
  address?: DatabaseAddress;
  webRoot?: string;
  /** Without it any free port. */
  port?: number;
}

/** The whole product in this process on a database of its own, with the simulator in Meta's place and two tenants. */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const { beside } = options;
  const given = options.address ?? beside?.address;
  const database = given ? { address: given, drop: async () => undefined } : await createDatabase();
  const log = createLog({ level: process.env.LOG_LEVEL ?? 'silent' });
  const mediaFolder = beside?.mediaFolder ?? mkdtempSync(path.join(process.env.TEST_MEDIA ?? os.tmpdir(), 'app-'));
  const services = await openServices({
    database: database.address,
    mediaStore: { folder: mediaFolder },
    masterKeys: [MASTER_KEY],
    log,
    ...(options.redisUrl && { redisUrl: options.redisUrl }),
  });
  const tenants =
    beside?.tenants ?? ([await makeTenant(services, 'Alpha'), await makeTenant(services, 'Beta')] as [TestTenant, TestTenant]);
  const simulator =
    beside?.simulator ??
    (await startSimulator({
      appSecret: APP_SECRET,
      verifyToken: VERIFY_TOKEN,
      numbers: [
        ...tenants.map((tenant) => ({
          phoneNumberId: tenant.phoneNumberId,
          displayPhone: '+49 30 5550100',
          name: tenant.name,
          wabaId: '9001',
          token: tenant.token,
        })),
        ...(options.numbers ?? []),
      ],
      ...(options.simulator && { settings: options.simulator }),
      ...(options.templates && { templates: options.templates }),
    }));
  const app = await startApp(services, {
    role: options.role ?? 'all',
    port: options.port ?? 0,
    host: '127.0.0.1',
    isSecure: false,
    webhooks: { appSecret: APP_SECRET, verifyToken: VERIFY_TOKEN },
    whatsapp: { graphUrl: simulator.url, graphVersion: 'v26.0' },
    ...(options.limits && { limits: options.limits }),
    ...(options.sending && { sending: options.sending }),
    ...(options.webRoot && { webRoot: options.webRoot, simulatorUrl: simulator.url }),
  });
  if (!beside) simulator.control.setWebhook(`${app.url}/webhooks/whatsapp`);
  return {
    url: app.url,
    address: database.address,
    app,
    services: app.services,
    simulator,
    tenants,
    mediaFolder,
    close: async () => {
      if (!beside) await simulator.close();
      await app.close();
      await services.close();
      await database.drop();
      if (!beside) rmSync(mediaFolder, { recursive: true, force: true });
    },
  };
}

let serial = 0;

async function makeTenant(services: Services, name: string): Promise<TestTenant> {
  const id = await createTenant(services, { name, locale: 'en', timeZone: 'UTC', isTest: true });
  const token = newSecret();
  const phoneNumberId = `8${process.pid}${++serial}`;
  const numberId = await enterNumber(services, {
    tenantId: id,
    phoneNumberId,
    wabaId: '9001',
    displayPhone: '+49 30 5550100',
    name: `${name} shop`,
    accessToken: token,
    isTest: true,
  });
  const users: Record<string, TestUser> = {};
  const apiKeys: Record<string, string> = {};
  for (const [role, scopes] of Object.entries(SYSTEM_ROLES)) {
    const user = { email: `${role}@${name.toLowerCase()}.example`, password: `${role} of ${name} 12345` };
    users[role] = {
      ...user,
      ...(await createUser(services, { ...user, tenantId: id, name: `${name} ${role}`, role, locale: 'en' })),
    };
    apiKeys[role] = await makeApiKey(services, id, scopes);
  }
  return { id, name, numberId, phoneNumberId, token, users, apiKeys };
}

/** An API key with these permissions. */
export async function makeApiKey({ database }: Services, tenantId: string, scopes: readonly string[]): Promise<string> {
  const [id, secret] = [newId(), newSecret()];
  await tenantQuery(database.app, tenantId, async (query) => {
    await query('insert into api_key (id, name, digest, scopes, is_test) values ($1, $2, $3, $4, true)', [
      id,
      'Test',
      digestOf(secret),
      scopes,
    ]);
    await query('select enter_digest($1, $2, $3)', ['API_KEY', uuidBytes(id), id]);
  });
  return writeApiKey(true, id, secret);
}
