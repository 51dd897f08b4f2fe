import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, type Connection } from './harness/connect.ts';
import { fillTables } from './harness/fill-tables.ts';
import { createDatabase, type TestDatabase } from './harness/postgres.ts';

const [OURS, THEIRS] = [randomUUID(), randomUUID()];
const DENIED = '42501';
const NO_SUCH_ROW = '23503';

let database: TestDatabase;
let owner: Connection;
let app: Connection;
let worker: Connection;
/** Tables that are closed by policies, and the column that says whose a row is. */
let closed: { name: string; column: string }[];
beforeAll(async () => {
  database = await createDatabase();
  owner = await connect(database.address);
  app = await connect(database.address, 'cube_app');
  worker = await connect(database.address, 'cube_worker');
  await fillTables(owner, OURS);
  await fillTables(owner, THEIRS);
  closed = await owner.rows(
    `select c.relname as name, case c.relname when 'tenant' then 'id' else 'tenant_id' end as column from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relforcerowsecurity or c.relname = 'event_counter' order by 1`,
  );
});
afterAll(async () => {
  await Promise.all([owner.end(), app.end(), worker.end()]);
  await database.drop();
});

/** Tables in which a role now sees rows of these tenants. */
async function visible(role: Connection, ...expected: string[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const { name, column } of closed) {
    const rows = await role.rows<{ tenant: string }>(`select "${column}" as tenant from "${name}" order by 1`);
    const found = rows.map((row) => row.tenant);
    if (found.join() !== [...expected].sort().join()) wrong.push(`${name}: ${found.length} rows`);
  }
  return wrong;
}

describe('rows of every table', () => {
  test('are there, two each, so that what follows says something', async () => {
    expect(closed.length).toBeGreaterThan(15);
    await worker.see(OURS, THEIRS);
    expect(await visible(worker, OURS, THEIRS)).toEqual([]);
  });

  test("are out of sight without a tenant, of the tables' owner too, and on a connection that had one before", async () => {
    // The counter alone is not forced: narrow functions read it with the owner's rights.
    expect(await visible(owner)).toEqual(['event_counter: 2 rows']);
    for (const role of [app, worker]) {
      await role.see();
      expect(await visible(role)).toEqual([]);
      await role.rows('begin');
      await role.rows(`select set_config('app.tenant_id', $1, true), set_config('app.tenant_ids', $2, true)`, [
        OURS,
        `{${OURS}}`,
      ]);
      await role.rows('commit');
      expect(await visible(role)).toEqual([]);
    }
  });

  test("are in sight of their own tenant, and never of another's", async () => {
    for (const role of [app, worker]) {
      await role.see(OURS);
      expect(await visible(role, OURS)).toEqual([]);
      await role.see(randomUUID());
      expect(await visible(role)).toEqual([]);
    }
  });

  test("cannot be written for another tenant, nor moved to one, nor changed or deleted from another's context", async () => {
    const accepted: string[] = [];
    for (const [role, name] of [[app, 'cube_app'] as const, [worker, 'cube_worker'] as const]) {
      await role.see(OURS);
      const granted = await owner.rows<{ table: string; right: string }>(
        `select table_name as table, privilege_type as right from information_schema.role_table_grants where grantee = $1`,
        [name],
      );
      const may = (table: string, right: string) => granted.some((grant) => grant.table === table && grant.right === right);
      for (const { name: table, column } of closed) {
        const copied = `insert into "${table}" select (jsonb_populate_record(null::"${table}", to_jsonb(t) || $1::jsonb)).* from "${table}" t`;
        if (may(table, 'INSERT') && (await role.codeOf(copied, [{ [column]: THEIRS }])) !== DENIED)
          accepted.push(`${name} insert ${table}`);
        if (!may(table, 'UPDATE')) continue;
        const moved = await role.codeOf(`update "${table}" set "${column}" = $1`, [THEIRS]);
        if (moved !== DENIED && !(name === 'cube_worker' && table === 'tenant')) accepted.push(`${name} move ${table}: ${moved}`);
        if (await role.count(`update "${table}" set "${column}" = "${column}" where "${column}" = $1`, [THEIRS]))
          accepted.push(`${name} update ${table}`);
        if (may(table, 'DELETE') && (await role.count(`delete from "${table}" where "${column}" = $1`, [THEIRS])))
          accepted.push(`${name} delete ${table}`);
      }
    }
    expect(accepted).toEqual([]);
  });

  test("cannot point to another tenant's row, whoever writes them", async () => {
    await worker.see(OURS, THEIRS);
    await app.see(OURS);
    await app.rows(`select set_config('app.user_id', $1, false)`, [OURS]);
    const keys = await owner.rows<{ table: string; column: string; to: string; byWorker: boolean }>(
      `select c.relname as table, a.attname as column, k.confrelid::regclass::text as to,
         has_table_privilege('cube_worker', c.oid, 'update') as "byWorker" from pg_constraint k
       join pg_class c on c.oid = k.conrelid join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any(k.conkey) and a.attname <> 'tenant_id'
       where k.contype = 'f' and array_length(k.conkey, 1) > 1 and c.relnamespace = 'public'::regnamespace`,
    );
    expect(keys.length).toBeGreaterThan(15);
    const accepted: string[] = [];
    for (const { table, column, to, byWorker } of keys) {
      const point = (id: string) =>
        (byWorker ? worker : app).codeOf(`update "${table}" set "${column}" = $1 where tenant_id = $2`, [id, OURS]);
      // The same statement within the tenant is fine: it is the tenant that is refused.
      const codes = [await point(THEIRS), await point(OURS)];
      if (codes.join() !== `${NO_SUCH_ROW},accepted`) accepted.push(`${table}.${column} → ${to}: ${codes.join()}`);
    }
    await app.rows(`select set_config('app.user_id', '', false)`);
    expect(accepted).toEqual([]);
  });
});

describe('tables that belong to no single tenant', () => {
  test('are not readable by the application where they are not its own', async () => {
    await app.see(OURS);
    for (const sql of [
      'select * from lookup',
      'select * from send_queue',
      'select body from webhook_inbox',
      'select * from webhook_inbox',
    ]) {
      expect(await app.codeOf(sql), sql).toBe(DENIED);
    }
    for (const sql of [
      'insert into lookup (kind) values (null)',
      'update webhook_inbox set body = null',
      'delete from webhook_inbox',
    ]) {
      expect(await app.codeOf(sql), sql).toBe(DENIED);
    }
    expect(await app.codeOf('delete from event')).toBe(DENIED);
    expect(await app.codeOf('update event set kind = kind')).toBe(DENIED);
  });

  test('a person is seen by colleagues and by nobody else, a session by its person alone', async () => {
    await app.see();
    expect(await app.rows('select id from "user"')).toEqual([]);
    expect(await app.rows('select id from session')).toEqual([]);
    await app.see(OURS);
    expect(await app.rows('select id from "user"')).toEqual([{ id: OURS }]);
    expect(await app.rows('select id from session')).toEqual([]);
    await app.rows(`select set_config('app.user_id', $1, false)`, [OURS]);
    expect(await app.rows('select id from session')).toEqual([{ id: OURS }]);
    await app.rows(`select set_config('app.user_id', '', false)`);
  });

  test('the doors write for the tenant of the context and for no other', async () => {
    await app.see();
    expect(await app.codeOf(`select enqueue_send($1, $1, $1, 7::smallint, null, null)`, [OURS])).toBe('accepted');
    await app.rows(`select enqueue_send($1, $1, $1, 7::smallint, null, null)`, [OURS]);
    expect(await owner.rows('select 1 from send_queue where attempt = 7')).toEqual([]);
    const other = randomUUID();
    await app.see(OURS);
    await app.rows(`select enqueue_send($1, $1, $1, 7::smallint, null, null)`, [other]);
    await app.rows(`select enter_digest('NUMBER', '\\x01', $1)`, [other]);
    expect(await owner.rows('select tenant_id from send_queue where message_id = $1', [other])).toEqual([{ tenant_id: OURS }]);
    expect(await owner.rows('select tenant_id from lookup where id = $1', [other])).toEqual([{ tenant_id: OURS }]);
    // What another tenant entered first cannot be taken over.
    await app.see(THEIRS);
    expect(await app.codeOf(`select enter_digest('NUMBER', '\\x01', $1)`, [randomUUID()])).toBe('23505');
  });
});
