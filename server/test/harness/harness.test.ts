import { Client } from 'pg';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toPgOptions } from '../../src/platform/database-address.ts';
import { executeOn } from './execute-on.ts';
import { createDatabase, type TestDatabase } from './postgres.ts';
import { describeWithRedis, startRedis, type TestRedis } from './redis.ts';

let one: TestDatabase;
let other: TestDatabase;
beforeAll(async () => {
  one = await createDatabase();
  other = await createDatabase();
});
afterAll(async () => {
  await one.drop();
  await other.drop();
});

test('each file has a migrated database of its own', async () => {
  await executeOn(one.address, 'create table mine (id int)');
  const client = new Client(toPgOptions(other.address));
  await client.connect();
  const { rows } = await client.query(`select to_regclass('mine') as mine, to_regclass('migration') is not null as is_migrated`);
  await client.end();
  expect(rows).toEqual([{ mine: null, is_migrated: true }]);
});

describeWithRedis('a private Redis', () => {
  let server: TestRedis;
  beforeAll(async () => void (server = await startRedis()));
  afterAll(() => server.stop());

  test('loses everything when it is killed and is back on the same port', async () => {
    const client = new Redis(server.url, { retryStrategy: () => 20, maxRetriesPerRequest: null });
    client.on('error', () => undefined);
    await client.set('key', 'value');
    await server.kill();
    await server.restart();
    await expect(client.get('key')).resolves.toBeNull();
    client.disconnect();
  });
});
