import { mkdtempSync, chmodSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ReferenceKind, type EntityMetadata, type EntityProperty } from '@mikro-orm/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENTITIES } from '../src/app.ts';
import { startPostgres, type EmbeddedPostgres } from '../src/launch/embedded-postgres.ts';
import { reset } from '../src/launch/reset.ts';
import { type Database, openDatabase } from '../src/platform/database.ts';
import { migrate } from '../src/platform/migrate.ts';
import { executeOn } from './harness/execute-on.ts';
import { connect, type Connection } from './harness/connect.ts';
import { createDatabase, type TestDatabase } from './harness/postgres.ts';

describe('entities and tables agree', () => {
  let own: TestDatabase;
  let owner: Connection;
  let database: Database;
  beforeAll(async () => {
    own = await createDatabase();
    owner = await connect(own.address);
    database = await openDatabase(own.address, ENTITIES);
  });
  afterAll(async () => {
    await database.close();
    await owner.end();
    await own.drop();
  });

  const entities = () =>
    [...database.orm.getMetadata().getAll().values()].filter((entity) => !entity.abstract && entity.class !== undefined);
  const stored = (entity: EntityMetadata) =>
    entity.props.filter((prop) => prop.persist !== false && prop.kind !== ReferenceKind.ONE_TO_MANY);
  /** `timestamptz(3)` and `smallint` as PostgreSQL's catalogue calls them. */
  const typeOf = ([type = '']: string[]) =>
    type
      .replace(/\(\d+\)$/, '')
      .replace('timestamptz', 'timestamp with time zone')
      .replace(/^int$/, 'integer');

  test('every column that the ORM reads or writes is there, with that type and nullability', async () => {
    const columns = await owner.rows<{ column: string; type: string; nullable: boolean }>(
      `select c.relname || '.' || a.attname as column, format_type(a.atttypid, null) as type, not a.attnotnull as nullable
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 where c.relnamespace = 'public'::regnamespace`,
    );
    const known = new Map(columns.map(({ column, type, nullable }) => [column, `${type}${nullable ? ' null' : ''}`]));
    const wanted = entities().flatMap((entity) =>
      stored(entity).map((prop): [string, string] => [
        `${entity.tableName}.${prop.fieldNames.join()}`,
        `${typeOf(prop.columnTypes)}${prop.nullable ? ' null' : ''}`,
      ]),
    );
    expect(wanted.length).toBeGreaterThan(60);
    expect(wanted.map(([column]) => [column, known.get(column)])).toEqual(wanted);
  });

  test('an enum of a column has exactly the values that the table allows', async () => {
    const checks = await owner.rows<{ column: string; definition: string }>(
      `select c.relname || '.' || a.attname as column, pg_get_constraintdef(k.oid) as definition from pg_constraint k
       join pg_class c on c.oid = k.conrelid join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1] where k.contype = 'c'`,
    );
    const allowed = new Map(
      checks.map((check) => [check.column, [...check.definition.matchAll(/'(\w+)'::text/g)].map(([, value]) => value).sort()]),
    );
    const isChecked = (entity: EntityMetadata, prop: EntityProperty) =>
      prop.enum && allowed.has(`${entity.tableName}.${prop.fieldNames[0]}`);
    const enums = entities().flatMap((entity) =>
      entity.props
        .filter((prop) => isChecked(entity, prop))
        .map((prop): [string, unknown] => [`${entity.tableName}.${prop.fieldNames[0]}`, [...(prop.items ?? [])].sort()]),
    );
    expect(enums.length).toBeGreaterThan(3);
    expect(enums.map(([column]) => [column, allowed.get(column)])).toEqual(enums);
  });

  test("the application's and the worker's connections work as these roles", async () => {
    const role = async (pool: Database['app']) => (await pool.query('select current_user as role')).rows;
    expect(await role(database.app)).toEqual([{ role: 'cube_app' }]);
    expect(await role(database.worker)).toEqual([{ role: 'cube_worker' }]);
    expect(await database.orm.em.fork().execute('select current_user as role')).toEqual([{ role: 'cube_app' }]);
  });
});

describe('a server whose working roles were given too much', () => {
  // Roles belong to a whole server: this one is nobody else's.
  let server: EmbeddedPostgres;
  let home: string;
  beforeAll(async () => {
    home = mkdtempSync(path.join(os.tmpdir(), 'cube-roles-'));
    chmodSync(home, 0o755);
    server = await startPostgres({ home, fast: true, sharedBuffers: '16MB' });
    await migrate(server);
  });
  afterAll(async () => {
    await server.stop();
    await reset(home);
  });

  test('is refused until they are harmless again', async () => {
    await (await openDatabase(server, ENTITIES)).close();
    const superuser = { ...server, user: 'postgres' };
    for (const role of ['cube_app', 'cube_worker']) {
      for (const [power, without] of [
        ['bypassrls', 'nobypassrls'],
        ['superuser', 'nosuperuser'],
      ]) {
        await executeOn(superuser, `alter role ${role} ${power}`);
        await expect(openDatabase(server, ENTITIES), `${role} ${power}`).rejects.toThrow(
          `Refusing to work as the database role "${role}"`,
        );
        await executeOn(superuser, `alter role ${role} ${without}`);
      }
    }
    await (await openDatabase(server, ENTITIES)).close();
  });
});
