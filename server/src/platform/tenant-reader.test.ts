import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLine, openServices, type TestLine } from '../../test/harness/messaging.ts';
import { createDatabase, type TestDatabase } from '../../test/harness/postgres.ts';
import type { Services } from './context.ts';
import { idList, idText, TenantReader, wholeNumber } from './tenant-reader.ts';

let database: TestDatabase;
let services: Services;
let reader: TenantReader;
let one: TestLine;
let other: TestLine;

beforeAll(async () => {
  database = await createDatabase();
  services = await openServices(database.address);
  reader = new TenantReader(services.database.app);
  one = await createLine(services);
  other = await createLine(services);
});
afterAll(async () => {
  await services.database.close();
  await database.drop();
});

const NUMBERS = 'select tenant_id, id from whatsapp_number';

test('what is read in one turn goes together, and each select sees its own tenant alone', async () => {
  const tenants = Array.from({ length: 250 }, (_unused, index) => (index % 2 ? one : other));
  const found = await Promise.all(tenants.map(({ tenantId }) => reader.read(tenantId, NUMBERS)));
  expect(found).toEqual(tenants.map(({ tenantId, numberId }) => [{ tenant_id: tenantId, id: numberId }]));
});

test('nothing of a tenant is left behind on the connection', async () => {
  await reader.read(one.tenantId, NUMBERS);
  for (let i = 0; i < 4; i++) expect((await services.database.app.query(NUMBERS)).rows).toEqual([]);
});

test('a select that cannot be run is refused alone', async () => {
  const [wrong, right] = await Promise.allSettled([
    reader.read(one.tenantId, 'select nothing'),
    reader.read(other.tenantId, NUMBERS),
  ]);
  expect(wrong.status).toBe('rejected');
  expect(right).toMatchObject({ status: 'fulfilled', value: [{ id: other.numberId }] });
});

test('only ids and whole numbers are written into a select', async () => {
  await expect(reader.read("' or true --", NUMBERS)).rejects.toThrow('not an id');
  expect(() => idText("'; drop table event")).toThrow('not an id');
  expect(() => wholeNumber(1.5)).toThrow('not a whole number');
  expect(idList(['no id', one.tenantId])).toBe(`('${one.tenantId}')`);
  expect(idList([])).toBe('(null)');
});
