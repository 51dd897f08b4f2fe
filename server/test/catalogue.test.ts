import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, type Connection } from './harness/connect.ts';
import { createDatabase, type TestDatabase } from './harness/postgres.ts';

/** Tables that carry a tenant and are open to more than that tenant's own context, each with the reason. */
const EXEMPT: Record<string, string> = {
  lookup: 'finds the tenant of a credential, a number, an e-mail before any tenant is known; digests and ids only',
  send_queue: 'one worker claims the sends of all tenants by time; ids and times only',
  event_counter: 'one statement compares the logs of all tenants with listeners; ids and counts only',
  webhook_inbox: 'a body arrives before its tenant is known; sealed under the key of the day',
  session: 'belongs to a person; found by digest before the tenant is known, then only by that person',
};
/** Tables that belong to no tenant. */
const PLATFORM = ['migration', 'platform_key', 'tenant', 'user', 'webhook_inbox'];

const HERE = `(NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid`;
const BATCH = `unnest((NULLIF(current_setting('app.tenant_ids'::text, true), ''::text))::uuid[])`;
const ALL = 'DELETE,INSERT,SELECT,UPDATE';

interface Table extends Record<string, unknown> {
  name: string;
  hasTenant: boolean;
  enabled: boolean;
  forced: boolean;
}

let database: TestDatabase;
let owner: Connection;
let tables: Table[];
let closed: string[];
beforeAll(async () => {
  database = await createDatabase();
  owner = await connect(database.address);
  tables = await owner.rows<Table>(
    `select c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
       exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id') as "hasTenant"
     from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition order by 1`,
  );
  closed = tables.filter((table) => table.hasTenant && !EXEMPT[table.name]).map((table) => table.name);
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

const squeeze = (text: string) => text.replace(/\s+/g, ' ');

describe('the tables', () => {
  test('each belongs to a tenant, or is known to belong to the platform', () => {
    expect(tables.filter((table) => !table.hasTenant).map((table) => table.name)).toEqual(PLATFORM);
    expect(closed.length).toBeGreaterThan(10);
    expect(Object.keys(EXEMPT).filter((name) => !tables.some((table) => table.name === name))).toEqual([]);
  });

  test("a tenant's table has row-level security enabled and forced", () => {
    expect(tables.filter((table) => closed.includes(table.name) && !(table.enabled && table.forced))).toEqual([]);
    expect(tables.find((table) => table.name === 'tenant')).toMatchObject({ enabled: true, forced: true });
  });

  test("a tenant's table has one policy for the application and one for the worker, for reading and for writing", async () => {
    const policies = await owner.rows<{ tablename: string; roles: string; cmd: string; qual: string; with_check: string }>(
      `select tablename, array_to_string(roles, ',') as roles, cmd || permissive as cmd, qual, with_check from pg_policies
       where tablename = any($1) order by tablename, policyname`,
      [closed],
    );
    expect(policies.map((policy) => ({ ...policy, qual: squeeze(policy.qual), with_check: squeeze(policy.with_check) }))).toEqual(
      closed.flatMap((tablename) => {
        const [app, worker] = [`(tenant_id = ${HERE})`, `(tenant_id IN ( SELECT ${BATCH} AS unnest))`];
        return [
          { tablename, roles: 'cube_app', cmd: 'ALLPERMISSIVE', qual: app, with_check: app },
          { tablename, roles: 'cube_worker', cmd: 'ALLPERMISSIVE', qual: worker, with_check: worker },
        ];
      }),
    );
  });
});

describe('the keys', () => {
  test("every index of a tenant's table begins with the tenant", async () => {
    const indexes = await owner.rows<{ index: string; first: string }>(
      `select i.indexrelid::regclass::text as index, a.attname as first from pg_index i
       join pg_class c on c.oid = i.indrelid join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
       where c.relname = any($1)`,
      [closed],
    );
    expect(indexes.length).toBeGreaterThan(closed.length);
    expect(indexes.filter((index) => index.first !== 'tenant_id')).toEqual([]);
  });

  test("every foreign key of a tenant's table begins with the tenant on both sides", async () => {
    const keys = await owner.rows<{ from: string; to: string; first: string; target: string }>(
      `select k.conrelid::regclass::text as from, k.confrelid::regclass::text as to, a.attname as first, b.attname as target
       from pg_constraint k join pg_class c on c.oid = k.conrelid
       join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
       join pg_attribute b on b.attrelid = k.confrelid and b.attnum = k.confkey[1]
       where k.contype = 'f' and c.relname = any($1)`,
      [[...closed, 'session', 'event_counter']],
    );
    const loose = keys.filter((key) => !(key.first === 'tenant_id' && key.target === (key.to === 'tenant' ? 'id' : 'tenant_id')));
    expect(keys.length).toBeGreaterThan(15);
    // A person is the platform's: members and sessions point to one.
    expect(loose.map((key) => `${key.from} → ${key.to}`).sort()).toEqual(['member → "user"', 'session → "user"']);
  });
});

describe('the roles', () => {
  test('can neither bypass row-level security nor log in, make roles or databases, nor become anyone else', async () => {
    const roles = await owner.rows(
      `select rolname, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolcanlogin or rolreplication as power,
         (select count(*)::int from pg_auth_members m where m.member = r.oid) as groups,
         (select count(*)::int from pg_class c where c.relowner = r.oid) as owns
       from pg_roles r where rolname in ('cube_app', 'cube_worker') order by 1`,
    );
    expect(roles).toEqual([
      { rolname: 'cube_app', power: false, groups: 0, owns: 0 },
      { rolname: 'cube_worker', power: false, groups: 0, owns: 0 },
    ]);
  });

  test('may do with each table what is written here and nothing else', async () => {
    const grants = await owner.rows<{ name: string; app: string; worker: string }>(
      `select c.relname as name, coalesce(string_agg(x.privilege_type, ',' order by x.privilege_type) filter (where r.rolname = 'cube_app'), '') as app,
         coalesce(string_agg(x.privilege_type, ',' order by x.privilege_type) filter (where r.rolname = 'cube_worker'), '') as worker
       from pg_class c left join lateral aclexplode(c.relacl) x on x.grantee <> c.relowner left join pg_roles r on r.oid = x.grantee
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'S', 'v') and not c.relispartition group by 1 order by 1`,
    );
    const expected: Record<string, [app: string, worker: string]> = {
      ...Object.fromEntries(closed.map((name) => [name, [ALL, ALL]])),
      event: ['INSERT,SELECT', ALL],
      tenant: ['INSERT,SELECT,UPDATE', 'SELECT'],
      user: ['INSERT,SELECT,UPDATE', ''],
      session: ['INSERT,SELECT,UPDATE', ''],
      platform_key: ['INSERT,SELECT', 'DELETE,INSERT,SELECT'],
      event_counter: ['INSERT,SELECT,UPDATE', 'INSERT,SELECT,UPDATE'],
      lookup: ['', ALL],
      send_queue: ['', ALL],
      webhook_inbox: ['INSERT', 'DELETE,SELECT,UPDATE'],
    };
    const found = grants.filter((grant) => grant.app || grant.worker).map((grant) => [grant.name, [grant.app, grant.worker]]);
    expect(Object.fromEntries(found)).toEqual(expected);
  });

  test('reach single columns and partitions only where that is written here', async () => {
    const columns = await owner.rows<{ column: string }>(
      `select a.attrelid::regclass::text || '.' || a.attname || ' ' || x.privilege_type || ' ' || r.rolname as column
       from pg_attribute a cross join lateral aclexplode(a.attacl) x join pg_roles r on r.oid = x.grantee
       where a.attrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace) order by 1`,
    );
    expect(columns.map((row) => row.column)).toEqual(
      ['digest', 'id', 'received_on'].map((name) => `webhook_inbox.${name} SELECT cube_app`),
    );
    const partitions = await owner.rows(
      `select relname from pg_class where relispartition and relkind = 'r' and relacl is not null`,
    );
    expect(partitions).toEqual([]);
  });

  test('hold nothing through PUBLIC, which may not create anything either', async () => {
    const open = await owner.rows(
      `select c.relname from pg_class c cross join lateral aclexplode(c.relacl) x where x.grantee = 0 and c.relnamespace = 'public'::regnamespace`,
    );
    expect(open).toEqual([]);
    const [rights] = await owner.rows(
      `select has_schema_privilege('cube_app', 'public', 'create') as app, has_schema_privilege('cube_worker', 'public', 'create') as worker`,
    );
    expect(rights).toEqual({ app: false, worker: false });
  });
});

describe('the functions', () => {
  test("those that run with the owner's rights find tables in a fixed place, temporary ones last", async () => {
    const functions = await owner.rows<{ name: string; config: string[] | null }>(
      `select proname as name, proconfig as config from pg_proc where pronamespace = 'public'::regnamespace and prosecdef`,
    );
    expect(functions.length).toBeGreaterThan(3);
    expect(functions.filter((row) => row.config?.[0] !== 'search_path=public, pg_temp').map((row) => row.name)).toEqual([]);
  });

  test('each role may call what is written here and nothing else', async () => {
    const rows = await owner.rows<{ name: string; public: boolean; app: boolean; worker: boolean }>(
      `select p.proname as name, has_function_privilege('cube_app', p.oid, 'execute') as app, has_function_privilege('cube_worker', p.oid, 'execute') as worker,
         p.proacl is null or exists (select 1 from aclexplode(p.proacl) x where x.grantee = 0) as public
       from pg_proc p where p.pronamespace = 'public'::regnamespace order by 1`,
    );
    const callable = (who: 'public' | 'app' | 'worker') => rows.filter((row) => row[who]).map((row) => row.name);
    expect(callable('public')).toEqual(['cube_now']);
    expect(callable('app')).toEqual([
      'cube_now',
      'enqueue_job',
      'enqueue_send',
      'enter_digest',
      'event_heads',
      'find_by_digest',
      'leave_digest',
      'quarantined_body',
      'replay_webhook',
      'session_by_digest',
      'withdraw_send',
    ]);
    expect(callable('worker')).toEqual([
      'cube_now',
      'enqueue_jobs',
      'event_heads',
      'make_webhook_partitions',
      'rotate_webhook_inbox',
      'tenant_ids',
    ]);
  });
});
