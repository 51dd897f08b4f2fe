import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../../test/harness/postgres.ts';
import { binaryArray } from './binary-array.ts';
import { toPgOptions } from './database-address.ts';
import { queryOn } from './query.ts';

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await createDatabase();
  client = new pg.Client(toPgOptions(database.address));
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

async function back(type: string, values: unknown[]): Promise<unknown[]> {
  const rows = await queryOn(client)<{ value: unknown }>(
    `select value from unnest($1::${type}[]) with ordinality as u(value, n) order by n`,
    [values],
  );
  return rows.map((row) => row.value);
}

describe('a list that goes to PostgreSQL as its own array', () => {
  const long = 'ü'.repeat(5000);
  it.each([
    ['uuid', ['0190a5c1-7b2c-7000-8abc-0123456789af', null, 'ffffffff-ffff-ffff-ffff-ffffffffffff']],
    ['text', ['', 'READ', null, 'it\'s "quoted", {braced} and \\ slashed', 'مرحبا', '👋🏽', long]],
    ['bytea', [Buffer.from([0, 1, 254, 255]), null, Buffer.alloc(0)]],
    ['int', [0, -1, 2147483647, null]],
    ['smallint', [0, -32767, 32767, null]],
    ['float8', [0, 1.5, -1e300, 1790000000123, null]],
    ['boolean', [true, false, null]],
  ])('arrives as it was: %s', async (type, values) => {
    expect(binaryArray(type, values)).toBeInstanceOf(Buffer);
    expect(await back(type, values)).toEqual(values);
  });

  it.each(['uuid', 'text', 'bytea', 'int', 'smallint', 'float8', 'boolean'])('arrives empty: %s', async (type) => {
    expect(await back(type, [])).toEqual([]);
  });

  it('takes a UUID in capitals', async () => {
    expect(await back('uuid', ['0190A5C1-7B2C-7000-8ABC-0123456789AF'])).toEqual(['0190a5c1-7b2c-7000-8abc-0123456789af']);
  });

  it.each([
    ['uuid', ['not-a-uuid']],
    ['uuid', ['0190a5c1-7b2c-7000-8abc-01234567890g']],
    ['uuid', ['0190a5c1-7b2c-7000-8abc-0123456789é0']],
    ['int', [1.5]],
    ['int', [2147483648]],
    ['text', [1]],
    ['bytea', ['text']],
    ['timestamptz', ['2026-01-01T00:00:00Z']],
  ])('stays text where it is not of the type: %s %s', (type, values) => {
    expect(binaryArray(type, values)).toBeUndefined();
  });

  it('goes as text where it has to, and PostgreSQL judges it', async () => {
    expect(await back('timestamptz', ['2026-01-01T00:00:00Z'])).toEqual([new Date('2026-01-01T00:00:00Z')]);
    await expect(back('uuid', ['not-a-uuid'])).rejects.toMatchObject({ code: '22P02' });
  });
});
