import { chmodSync, mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EmbeddedPostgres, startPostgres } from '../src/launch/embedded-postgres.ts';
import { reset } from '../src/launch/reset.ts';
import { createLog } from '../src/platform/log.ts';
import { migrate } from '../src/platform/migrate.ts';
import { startTestApp, APP_SECRET, type TestApp, type TestTenant } from './harness/app.ts';
import { ask, postWebhook, signIn } from './harness/client.ts';
import { connect, type Connection } from './harness/connect.ts';
import { textBody } from './harness/envelopes.ts';
import { executeOn } from './harness/execute-on.ts';
import { inTenant } from './harness/many-conversations.ts';
import { storedFiles } from './harness/media.ts';
import { describeWithRedis, startRedis, type TestRedis } from './harness/redis.ts';
import { until } from './harness/until.ts';

const PEOPLE = [
  { name: 'Quetzalcoatl Ündine', phone: '4915163987001', text: 'The xylophone is in the garage ☂' },
  { name: 'كوكب الزمرد', phone: '966551987002', text: 'الببغاء في الحديقة الخلفية' },
  { name: 'Wolfsbane Third', phone: '4915163987003', text: 'A third thing about marzipan' },
];
const ONCE_MORE = 'Where did the nightingale go';
const REPLY = 'We have found your pomegranate';
const FILE = { name: 'salamander contract.txt', text: 'Between the salamander and the undersigned. ' };
const wamidOf = (phone: string) => `wamid.${Buffer.from(`HBgN${phone}FQIAEhgU`).toString('base64')}`;

/** Three people write, one of them on through WhatsApp's stand-in, and is answered. What is said stands nowhere else in these tests. */
async function converse(app: TestApp, tenant: TestTenant): Promise<void> {
  for (const { name, phone, text } of PEOPLE) {
    expect(await postWebhook(app.url, textBody(tenant.phoneNumberId, wamidOf(phone), phone, text, name))).toBe(200);
  }
  const credential = { cookie: await signIn(app.url, tenant.users.owner?.email ?? '', tenant.users.owner?.password ?? '') };
  const list = async () =>
    (await ask(app.url, credential, '{ conversations { nodes { id lastMessage { text status } } } }')).data?.conversations
      .nodes ?? [];
  await until(async () => (await list()).length === PEOPLE.length);
  const to = { phoneNumberId: tenant.phoneNumberId, phone: PEOPLE[2]?.phone ?? '' };
  const media = { bytes: Buffer.from(FILE.text.repeat(3_000)), mimeType: 'text/plain', fileName: FILE.name };
  app.simulator.control.write({ ...to, type: 'document', media });
  const files = '{ conversations { nodes { lastMessage { media { status fileName size } } } } }';
  const stored = { status: 'STORED', fileName: FILE.name, size: FILE.text.length * 3_000 };
  await until(async () => JSON.stringify(await ask(app.url, credential, files)).includes(JSON.stringify(stored)));
  app.simulator.control.write({ ...to, text: ONCE_MORE });
  await until(async () => (await list())[0]?.lastMessage.text === ONCE_MORE);
  const input = { conversationId: (await list())[0].id, text: REPLY, idempotencyKey: 'a key' };
  const mutation = 'mutation($input: SendMessageInput!) { sendMessage(input: $input) { userErrors { code } } }';
  expect((await ask(app.url, credential, mutation, { input })).data?.sendMessage.userErrors).toEqual([]);
  await until(async () => /DELIVERED|READ/.test(JSON.stringify(await list())));
}

/** What must not be readable anywhere, in the forms in which it could be lying about. */
function canaries(tenant: TestTenant): string[] {
  const people = PEOPLE.flatMap(({ name, phone, text }) => [
    name,
    phone,
    text,
    wamidOf(phone),
    ...name.split(' ').filter((word) => word.length > 5),
  ]);
  const users = Object.values(tenant.users).flatMap((user) => [user.email, user.password]);
  const secrets = Object.values(tenant.apiKeys).map((key) => key.split('_').slice(3).join('_'));
  return [
    ...people,
    ONCE_MORE,
    REPLY,
    FILE.name,
    FILE.text,
    ...users,
    ...secrets,
    tenant.token,
    APP_SECRET,
    `${tenant.name} owner`,
  ];
}

/** Those that are in the bytes as they are, in base64 or in hexadecimal digits. */
function foundIn(bytes: Buffer, wanted: string[]): string[] {
  const lower = bytes.toString('latin1').toLowerCase();
  return wanted.filter((canary) => {
    const plain = Buffer.from(canary);
    const forms = [
      plain.toString('latin1'),
      plain.toString('hex'),
      plain.toString('base64').replace(/=+$/, '').slice(0, -1),
      plain.toString('utf16le'),
    ];
    return forms.some((form) => lower.includes(form.toLowerCase()));
  });
}

describe('what people wrote and who they are', () => {
  let app: TestApp;
  let tenant: TestTenant;
  let server: EmbeddedPostgres;
  let home: string;
  let superuser: Connection;
  let logged = '';
  beforeAll(async () => {
    // A server of its own: whatever it wrote down, it wrote for this test.
    home = mkdtempSync(path.join(os.tmpdir(), 'cube-sealing-'));
    chmodSync(home, 0o755);
    server = await startPostgres({ home, fast: true, sharedBuffers: '32MB' });
    await migrate(server);
    app = await startTestApp({ address: server });
    [tenant] = app.tenants;
    superuser = await connect({ ...server, user: 'postgres' });
    app.services.log = createLog({
      level: 'trace',
      stream: new Writable({ write: (chunk, _encoding, done) => ((logged += String(chunk)), done()) }),
    });
    await converse(app, tenant);
  });
  afterAll(async () => {
    await superuser.end();
    await app.close();
    await server.stop();
    await reset(home);
  });

  test('is in no column of any table', async () => {
    const tables = await superuser.rows<{ name: string }>(
      `select c.oid::regclass::text as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'`,
    );
    expect(tables.length).toBeGreaterThan(20);
    const found: string[] = [];
    let bytes = 0;
    for (const { name } of tables) {
      for (const { row } of await superuser.rows<{ row: string }>(`select t::text as row from ${name} t`)) {
        bytes += row.length;
        found.push(...foundIn(Buffer.from(row), canaries(tenant)).map((canary) => `${name}: ${canary}`));
      }
    }
    expect(found).toEqual([]);
    expect(bytes).toBeGreaterThan(10_000);
    // The same look does find what lies open.
    expect(foundIn(Buffer.from(JSON.stringify(await superuser.rows('select * from tenant'))), [tenant.name])).toEqual([
      tenant.name,
    ]);
  });

  test('is in no file of the media store', () => {
    const files = [...storedFiles(app)];
    expect(files.some(([, bytes]) => bytes.length > FILE.text.length * 3_000)).toBe(true);
    expect(files.flatMap(([name, bytes]) => foundIn(Buffer.concat([Buffer.from(name), bytes]), canaries(tenant)))).toEqual([]);
  });

  test('is not in what PostgreSQL writes ahead', async () => {
    await superuser.rows(`create table marker as select 'Marker of this very test' as text`);
    await superuser.rows('select pg_switch_wal()');
    const segments = await superuser.rows<{ name: string }>('select name from pg_ls_waldir() where length(name) = 24');
    const marked: string[] = [];
    const found: string[] = [];
    for (const { name } of segments) {
      const [row] = await superuser.rows<{ bytes: Buffer | null }>(`select pg_read_binary_file('pg_wal/' || $1, true) as bytes`, [
        name,
      ]);
      if (!row?.bytes) continue;
      found.push(...foundIn(row.bytes, canaries(tenant)));
      if (row.bytes.includes('Marker of this very test')) marked.push(name);
    }
    expect(found).toEqual([]);
    expect(marked).not.toEqual([]);
  });

  test('is in no line of the log at its most talkative, not even when things go wrong', async () => {
    await executeOn(app.address, 'alter table service_window rename to gone');
    const { phone, text, name } = PEOPLE[0] ?? { phone: '', text: '', name: '' };
    await postWebhook(app.url, textBody(tenant.phoneNumberId, `${wamidOf(phone)}2`, phone, text, name));
    await ask(
      app.url,
      { apiKey: tenant.apiKeys.owner ?? '' },
      '{ conversations { nodes { window { isOpen } lastMessage { text } } } }',
    );
    await until(() => logged.includes('an operation failed'));
    await executeOn(app.address, 'alter table gone rename to service_window');
    expect(foundIn(Buffer.from(logged), canaries(tenant))).toEqual([]);
  });
});

describe('a row that cannot be opened', () => {
  let app: TestApp;
  let tenant: TestTenant;
  const PAGE =
    '{ conversations { nodes { id contact { id name phone } lastMessage { text } } } members { name email role { name } } }';
  const shown = async () => ask(app.url, { apiKey: tenant.apiKeys.owner ?? '' }, PAGE);
  beforeAll(async () => {
    app = await startTestApp();
    [tenant] = app.tenants;
    await converse(app, tenant);
  });
  afterAll(() => app.close());

  test.each([
    [
      'a text that was changed',
      `update message set body = set_byte(body, 50, get_byte(body, 50) # 1) where id = (select last_message_id from conversation order by id limit 1)`,
      'text',
    ],
    [
      'a name that was moved from another row',
      `update contact set name = (select name from contact order by id desc limit 1) where id = (select min(id::text)::uuid from contact)`,
      'name',
    ],
    [
      'a phone that was cut short',
      `update contact_identity set value = substring(value from 1 for 20) where id = (select min(id::text)::uuid from contact_identity)`,
      'phone',
    ],
  ])('%s is null with an error of its own, and the rest of the page is there', async (_what, sql, field) => {
    await inTenant(app, tenant, sql);
    const { data, errors = [] } = await shown();
    const own = errors.filter((error) => error.path?.at(-1) === field);
    expect(own).toHaveLength(1);
    expect(own[0]).toMatchObject({ extensions: { code: 'INTERNAL_SERVER_ERROR' } });
    const rows = (data?.conversations.nodes ?? []) as {
      contact: { name: string | null; phone: string | null };
      lastMessage: { text: string | null };
    }[];
    expect(rows).toHaveLength(PEOPLE.length);
    const values = rows.map((row) => (field === 'text' ? row.lastMessage.text : row.contact[field as 'name' | 'phone']));
    expect(values.filter((value) => value === null)).toHaveLength(1);
  });

  test("a colleague's key that is gone takes that colleague's name and e-mail, not the team, and no new key is made", async () => {
    const fresh = await startTestApp({ beside: app, role: 'api' });
    const worker = await connect(app.address, 'cube_worker');
    const gone = await worker.count(`delete from platform_key where kind = 'USER' and name = $1`, [tenant.users.agent?.userId]);
    expect(gone).toBe(1);
    const { data, errors = [] } = await ask(fresh.url, { apiKey: tenant.apiKeys.owner ?? '' }, '{ members { name email } }');
    expect(data?.members).toHaveLength(5);
    expect(
      data?.members.filter((member: { name: string; email: string | null }) => member.name === '' && member.email === null),
    ).toHaveLength(1);
    expect(errors.map((error) => error.path?.at(-1))).toEqual(['email']);
    expect(
      await worker.rows(`select 1 from platform_key where kind = 'USER' and name = $1`, [tenant.users.agent?.userId]),
    ).toEqual([]);
    await worker.end();
    await fresh.close();
  });
});

describeWithRedis('bells over Redis', () => {
  let redis: TestRedis;
  let app: TestApp;
  beforeAll(async () => {
    redis = await startRedis();
    app = await startTestApp({ redisUrl: redis.url });
  });
  afterAll(async () => {
    await app.close();
    await redis.stop();
  });

  test('carry no word of anyone', async () => {
    const client = new Redis(redis.url);
    const monitor = await client.monitor();
    let heard = '';
    monitor.on('monitor', (_time: string, args: string[]) => (heard += `${args.join(' ')}\n`));
    await converse(app, app.tenants[0]);
    await until(() => heard.includes(`tenant:{${app.tenants[0].id}}`));
    monitor.disconnect();
    client.disconnect();
    expect(foundIn(Buffer.from(heard), canaries(app.tenants[0]))).toEqual([]);
  });
});
