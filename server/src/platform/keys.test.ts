import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from '../../test/harness/postgres.ts';
import { connect, type Connection } from '../../test/harness/connect.ts';
import { ENTITIES, openServices } from '../app.ts';
import { createTenant } from '../identity/create-tenant.ts';
import { type Database, openDatabase } from './database.ts';
import { localKeyWrapper } from './key-wrapper.ts';
import { Keys } from './keys.ts';
import { createLog } from './log.ts';
import type { Query } from './query.ts';
import { place, SealBroken, seal } from './sealed.ts';
import { tenantQuery } from './tenant-query.ts';

const master = (id: string) => ({ id, bytes: randomBytes(32) });
const [first, second] = [master('first'), master('second')];

let own: TestDatabase;
let database: Database;
let worker: Connection;
let tenantId: string;
let otherId: string;
beforeAll(async () => {
  own = await createDatabase();
  database = await openDatabase(own.address, ENTITIES);
  worker = await connect(own.address, 'cube_worker');
  const keys = new Keys(localKeyWrapper([first]));
  const tenant = { name: 'One', locale: 'en', timeZone: 'UTC', isTest: true };
  [tenantId, otherId] = [await createTenant({ database, keys }, tenant), await createTenant({ database, keys }, tenant)];
});
afterAll(async () => {
  await worker.end();
  await database.close();
  await own.drop();
});

const inTenant = <T>(id: string, run: (query: Query) => Promise<T>) => tenantQuery(database.app, id, run);
const opened = async (...masters: { id: string; bytes: Buffer }[]) => {
  const keys = new Keys(localKeyWrapper(masters));
  await inTenant(tenantId, (query) => keys.loadTenants(query, [tenantId]));
  return keys;
};

describe('master keys', () => {
  test('open what they wrapped, also after a newer one was put before them', async () => {
    const [before, after] = [await opened(first), await opened(second, first)];
    const where = place(tenantId, 'contact', 'name', 'row');
    const sealed = seal(before.tenant(tenantId), where, 'a name');
    expect(after.open(tenantId, where, sealed)).toBe('a name');
  });

  test('that are not the ones are told apart: missing, or another under the same name', async () => {
    await expect(opened(second)).rejects.toThrow('No master key at hand opens this key. Set MASTER_KEYS');
    await expect(opened(master('first'))).rejects.toThrow(
      'The master key "first" does not open this key: MASTER_KEYS holds another one under that id.',
    );
    expect(() => localKeyWrapper([])).toThrow('No master key.');
  });

  test('that are not the ones stop the start of a server', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'cube-keys-'));
    const start = (masterKeys: { id: string; bytes: Buffer }[]) =>
      openServices({ database: own.address, mediaStore: { folder }, masterKeys, log: createLog({ level: 'silent' }) });
    await (await start([first])).close();
    await (await start([second, first])).close();
    await expect(start([second])).rejects.toThrow('MASTER_KEYS');
    await expect(start([master('first')])).rejects.toThrow('MASTER_KEYS');
    rmSync(folder, { recursive: true });
  });

  test('a wrapped key opens for its owner only', () => {
    const wrapper = localKeyWrapper([first]);
    const wrapped = wrapper.wrap(Buffer.alloc(32, 7), 'owner');
    expect(wrapper.unwrap(wrapped, 'owner').equals(Buffer.alloc(32, 7))).toBe(true);
    expect(() => wrapper.unwrap(wrapped, 'another')).toThrow(SealBroken);
  });
});

describe("a tenant's keys", () => {
  test('open nothing of another tenant', async () => {
    const keys = await opened(first);
    await inTenant(otherId, (query) => keys.loadTenants(query, [otherId]));
    const where = place(tenantId, 'contact', 'name', 'row');
    const sealed = seal(keys.tenant(tenantId), where, 'a name');
    expect(() => keys.open(otherId, place(otherId, 'contact', 'name', 'row'), sealed)).toThrow(SealBroken);
    expect(() => keys.open(otherId, where, sealed)).toThrow(SealBroken);
  });

  test("cannot be loaded in another tenant's context", async () => {
    const keys = new Keys(localKeyWrapper([first]));
    await expect(inTenant(otherId, (query) => keys.loadTenants(query, [tenantId]))).rejects.toThrow('A tenant without keys.');
    expect(() => keys.tenant(tenantId)).toThrow(SealBroken);
  });

  test('index equal values alike, and differently in another column or tenant', async () => {
    const keys = await opened(first);
    await inTenant(otherId, (query) => keys.loadTenants(query, [otherId]));
    const index = (id: string, column: string, value: string) => keys.blind(id, column, value).toString('hex');
    const phone = index(tenantId, 'identity.PHONE', '+491');
    expect(phone).toBe(index(tenantId, 'identity.PHONE', '+491'));
    const others = [
      index(tenantId, 'identity.PHONE', '+492'),
      index(tenantId, 'contact.word', '+491'),
      index(otherId, 'identity.PHONE', '+491'),
    ];
    expect(new Set([phone, ...others]).size).toBe(4);
    // Another process finds what this one indexed.
    expect((await opened(first)).blind(tenantId, 'identity.PHONE', '+491').toString('hex')).toBe(phone);
  });
});

describe("contacts' keys", () => {
  test('one that cannot be opened shuts no other', async () => {
    const keys = await opened(first);
    const [good, bad] = [keys.newContactKey(tenantId), keys.newContactKey(tenantId)];
    await inTenant(tenantId, async (query) => {
      for (const { key, wrapped } of [good, { ...bad, wrapped: Buffer.from(bad.wrapped).fill(0, 60) }]) {
        await query('insert into contact (id, key_id) values ($1, $1)', [key.id]);
        await query('insert into contact_key (id, contact_id, wrapped) values ($1, $1, $2)', [key.id, wrapped]);
      }
    });
    const fresh = await opened(first);
    await inTenant(tenantId, (query) => fresh.loadContactKeys(query, tenantId, [good.key.id, bad.key.id]));
    expect(fresh.contactKey(tenantId, good.key.id)?.secret.equals(good.key.secret)).toBe(true);
    expect(fresh.contactKey(tenantId, bad.key.id)).toBeUndefined();

    const where = place(tenantId, 'contact', 'name', 'row');
    const sealed = seal(good.key, where, 'a name');
    expect(fresh.open(tenantId, where, sealed)).toBe('a name');
    const never = await opened(first);
    expect(() => never.open(tenantId, where, sealed)).toThrow('The key of this value is gone.');
  });

  test('one of another tenant is not found, even when its id is known', async () => {
    const keys = await opened(first);
    const { key } = keys.newContactKey(tenantId);
    expect(keys.contactKey(otherId, key.id)).toBeUndefined();
  });
});

describe("the platform's keys", () => {
  test('are made once, however many processes ask at once, and never by looking', async () => {
    const query: Query = async (sql, values) => (await database.app.query(sql, values)).rows;
    const made = await Promise.all(
      Array.from({ length: 6 }, () => new Keys(localKeyWrapper([first])).platformKey(query, 'INDEX', 'a test')),
    );
    expect(new Set(made.map((key) => key.id)).size).toBe(1);
    const keys = new Keys(localKeyWrapper([first]));
    await keys.loadPlatformKeys(query, 'INDEX', ['a test', 'not there']);
    expect(keys.knownPlatformKey('INDEX', 'a test')?.id).toBe(made[0]?.id);
    expect(keys.knownPlatformKey('INDEX', 'not there')).toBeUndefined();
    expect(await worker.rows(`select name from platform_key where name = 'not there'`)).toEqual([]);
  });
});
