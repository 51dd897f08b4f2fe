import { afterAll, beforeAll, expect, it } from 'vitest';
import { openServices } from '../../test/harness/messaging.ts';
import { createDatabase, type TestDatabase } from '../../test/harness/postgres.ts';
import type { Services } from '../platform/context.ts';
import { QueueConnection } from './queue-connection.ts';

let database: TestDatabase;
let services: Services;

beforeAll(async () => {
  database = await createDatabase();
  services = await openServices(database.address);
});
afterAll(async () => {
  await services.database.close();
  await database.drop();
});

it('keeps no connection whose first statement failed', async () => {
  const { worker } = services.database;
  let isFailing = true;
  const queue = new QueueConnection({
    connect: async () => {
      const connection = await worker.connect();
      // A transaction that failed takes no statement any more.
      if (isFailing) await connection.query('begin; select 1 / 0').catch(() => undefined);
      return connection;
    },
  });
  for (let n = 0; n < 10; n++)
    await expect(queue.run((query) => query('select 1'))).rejects.toThrow('current transaction is aborted');
  expect(worker.totalCount - worker.idleCount).toBe(0);
  isFailing = false;
  expect(await queue.run((query) => query('select 1 as one'))).toEqual([{ one: 1 }]);
  await queue.close();
});
