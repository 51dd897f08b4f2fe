import { chmodSync, mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { openServices } from '../src/app.ts';
import { enterNumber } from '../src/conversations/enter-number.ts';
import { createTenant } from '../src/identity/create-tenant.ts';
import { digestOf, newSecret, writeApiKey } from '../src/identity/secrets.ts';
import { startPostgres } from '../src/launch/embedded-postgres.ts';
import { reset } from '../src/launch/reset.ts';
import type { Services } from '../src/platform/context.ts';
import { type DatabaseAddress, toPgOptions } from '../src/platform/database-address.ts';
import { newId } from '../src/platform/ids.ts';
import { createLog } from '../src/platform/log.ts';
import { migrate } from '../src/platform/migrate.ts';
import { uuidBytes } from '../src/platform/sealed.ts';
import { tenantQuery } from '../src/platform/tenant-query.ts';

export const MASTER_KEY = { id: 'bench', bytes: Buffer.alloc(32, 9) };
export const MEDIA_STORE = { folder: path.join(os.tmpdir(), 'cube-bench-media') };

export interface BenchTenant {
  id: string;
  phoneNumberId: string;
  apiKey: string;
  /** What the number is used with at Meta. */
  token: string;
}

/** A PostgreSQL of its own with as many tenants as are needed, each with a number and an API key. */
export interface World {
  address: DatabaseAddress;
  services: Services;
  tenants: BenchTenant[];
  close(): Promise<void>;
}

/** Gives the planner what it knows of any database that has been running for some minutes; of a fresh one it knows nothing until then. */
export async function analyze({ address }: World): Promise<void> {
  const client = new pg.Client(toPgOptions(address));
  await client.connect();
  await client.query('analyze');
  await client.end();
}

export async function createWorld(tenantCount: number): Promise<World> {
  const home = mkdtempSync(path.join(os.tmpdir(), 'cube-bench-'));
  // Made closed; where root runs the bench, the server's own user must pass through it.
  chmodSync(home, 0o755);
  const { host, port, user, database, stop } = await startPostgres({ home });
  const address = { host, port, user, database };
  await migrate(address);
  const services = await openServices({
    database: address,
    masterKeys: [MASTER_KEY],
    mediaStore: MEDIA_STORE,
    log: createLog({ level: 'error' }),
  });
  const tenants: BenchTenant[] = [];
  while (tenants.length < tenantCount) tenants.push(await createBenchTenant(services, tenants.length));
  return {
    address,
    services,
    tenants,
    close: async () => {
      await services.close();
      await stop();
      await reset(home);
    },
  };
}

async function createBenchTenant(services: Services, serial: number): Promise<BenchTenant> {
  const id = await createTenant(services, { name: `Tenant ${serial}`, locale: 'en', timeZone: 'UTC', isTest: true });
  const phoneNumberId = `7000${serial}`;
  const token = newSecret();
  const line = { wabaId: '9001', displayPhone: '+49 30 5550100', name: 'Shop', accessToken: token, isTest: true };
  await enterNumber(services, { tenantId: id, phoneNumberId, ...line });
  const [keyId, secret] = [newId(), newSecret()];
  const scopes = ['inbox:read', 'messages:text', 'events:read'];
  await tenantQuery(services.database.app, id, async (query) => {
    const digest = digestOf(secret);
    await query('insert into api_key (id, name, digest, scopes, is_test) values ($1, $2, $3, $4, true)', [
      keyId,
      'Bench',
      digest,
      scopes,
    ]);
    await query('select enter_digest($1, $2, $3)', ['API_KEY', uuidBytes(keyId), keyId]);
  });
  return { id, phoneNumberId, apiKey: writeApiKey(true, keyId, secret), token };
}
