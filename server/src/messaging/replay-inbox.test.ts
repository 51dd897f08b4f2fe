import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { body, change, text } from '../../test/harness/envelopes.ts';
import { executeOn } from '../../test/harness/execute-on.ts';
import { createLine, openServices, rowsOf, type TestLine } from '../../test/harness/messaging.ts';
import { createDatabase, type TestDatabase } from '../../test/harness/postgres.ts';
import { databaseUrl } from '../../test/harness/process.ts';
import { digestOf, pendingBodies, startReader } from '../../test/harness/reader.ts';
import { until } from '../../test/harness/until.ts';
import { newId } from '../platform/ids.ts';
import type { Services } from '../platform/context.ts';
import { tenantsQuery } from '../platform/tenant-query.ts';
import { CORPUS } from '../whatsapp/corpus/corpus.ts';
import { envelope, METADATA, PHONE_NUMBER_ID, WABA_ID } from '../whatsapp/corpus/payload.ts';
import { NEXT, replayInbox } from './replay-inbox.ts';
import { stretchOf } from './replay-command.ts';

let database: TestDatabase;
let services: Services;
let line: TestLine;
const everything = { from: new Date(Date.now() - 3_600_000), to: new Date(Date.now() + 3_600_000) };

beforeAll(async () => {
  database = await createDatabase();
  services = await openServices(database.address);
  line = await createLine(services, { phoneNumberId: PHONE_NUMBER_ID });
  await tenantsQuery(services.database.worker, [line.tenantId], (query) =>
    query(
      `insert into template (tenant_id, id, account_id, meta_id, name, language, category, status, components)
       select tenant_id, $2, id, '5501', 'order_ok', 'en_US', 'UTILITY', 'APPROVED', '[]' from whatsapp_account where tenant_id = $1 and waba_id = $3`,
      [line.tenantId, newId(), WABA_ID],
    ),
  );
});
afterAll(async () => {
  await services.database.close();
  await database.drop();
});

/** Every row of the tenant, of every table that has a tenant; what a job is about is no row of theirs. */
async function dump(): Promise<Record<string, unknown[]>> {
  const tables = await rowsOf<{ name: string }>(
    services,
    line.tenantId,
    `select c.table_name as name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = 'public' and c.column_name = 'tenant_id' and t.table_type = 'BASE TABLE' and has_table_privilege(format('%I.%I', c.table_schema, c.table_name), 'select') order by 1`,
  );
  const rows: Record<string, unknown[]> = {};
  for (const { name } of tables)
    rows[name] = await rowsOf(
      services,
      line.tenantId,
      `select to_jsonb(r) as row from ${name} r where tenant_id = $1 order by 1`,
      [line.tenantId],
    );
  return rows;
}

/** A day of everything that Meta may send: every type, status, edit, reaction and notice, and what nobody can read. */
function dayOfEverything(): Buffer[] {
  const echo = {
    from: METADATA.display_phone_number,
    to: '4915550001',
    id: 'wamid.OUT1',
    timestamp: '1790000000',
    type: 'text',
    text: { body: 'From the phone' },
  };
  const echoes = envelope('smb_message_echoes', { messaging_product: 'whatsapp', metadata: METADATA, message_echoes: [echo] });
  const moved = { from: '4915550008', from_user_id: 'DE.X1' };
  const idChange = (previous: string, current: string, timestamp: string) => {
    const user_id_update = [{ wa_id: moved.from, user_id: { previous, current }, timestamp }];
    return Buffer.from(
      JSON.stringify(envelope('user_id_update', { messaging_product: 'whatsapp', metadata: METADATA, user_id_update })),
    );
  };
  return [
    Buffer.from(JSON.stringify(echoes)),
    body(change(PHONE_NUMBER_ID, { messages: [text('wamid.moved', moved.from, 'Hi', moved)] })),
    idChange('DE.X1', 'DE.Y1', '1790000100'),
    idChange('DE.Y1', 'DE.Z1', '1790000200'),
    idChange('DE.Z1', 'DE.X1', '1790000300'),
    // Each message of the corpus is a message of its own here.
    ...CORPUS.map((payload, n) => Buffer.from(JSON.stringify(payload.body).replaceAll('wamid.IN1', `wamid.IN1.${n}`))),
    body(change(PHONE_NUMBER_ID, { messages: [{ id: 7 } as never, text('wamid.good', '4915550006', 'good')] })),
    Buffer.from('not json'),
  ];
}

async function readAll(): Promise<void> {
  const reader = startReader(services);
  reader.ingester.look({ fresh: true });
  await until(async () => (await pendingBodies(services)) === 0);
  await reader.end();
}

describe('a replay of the inbox', () => {
  it('of a whole day of everything changes no row and is no event', async () => {
    const reader = startReader(services);
    for (const raw of dayOfEverything()) await reader.post(raw);
    await reader.end();
    await readAll();
    const before = await dump();
    expect(before['message']?.length).toBeGreaterThan(30);
    expect(before['event']?.length).toBeGreaterThan(40);
    for (const table of ['message_status', 'media', 'contact_identity', 'service_window', 'quarantine'])
      expect(before[table], table).not.toEqual([]);
    const count = dayOfEverything().length;
    for (let round = 0; round < 2; round++) {
      expect(await replayInbox(services, everything)).toBe(count);
      await readAll();
      expect(await dump()).toEqual(before);
    }
  });

  it('touches only what came in that time', async () => {
    await executeOn(
      database.address,
      `update webhook_inbox set received_at = received_at - interval '2 hours' where id in (select id from webhook_inbox order by id limit 5)`,
    );
    const early = { from: new Date(everything.from.getTime() - 3 * 3_600_000), to: everything.from };
    expect(await replayInbox(services, early)).toBe(5);
    expect(await pendingBodies(services)).toBe(5);
    await readAll();
  });

  it('reads again what was in quarantine and by now is understood', async () => {
    const raw = body(change(PHONE_NUMBER_ID, { messages: [text('wamid.late', '4915550007', 'Found at last')] }));
    const reader = startReader(services);
    await reader.post(raw);
    await reader.end();
    // As a fault of ours would have left it.
    await tenantsQuery(services.database.worker, [line.tenantId], async (query) => {
      await query(
        'update conversation set last_message_id = null where tenant_id = $1 and last_message_id = (select id from message where tenant_id = $1 order by id desc limit 1)',
        [line.tenantId],
      );
      await query(
        'delete from message where tenant_id = $1 and id = (select id from message where tenant_id = $1 order by id desc limit 1)',
        [line.tenantId],
      );
    });
    const count = async () =>
      (await rowsOf(services, line.tenantId, 'select from message where tenant_id = $1', [line.tenantId])).length;
    const before = await count();
    await services.database.worker.query(`update webhook_inbox set done_at = null, quarantined = 'a fault' where digest = $1`, [
      digestOf(raw),
    ]);
    await replayInbox(services, everything);
    await readAll();
    expect(await count()).toBe(before + 1);
  });
});

describe('a replay of very much', () => {
  it('reads each once, and walks along an index', async () => {
    await executeOn(
      database.address,
      `insert into webhook_inbox (received_on, id, digest, body, done_at)
       select (now() at time zone 'utc')::date, gen_random_uuid(), sha256(n::text::bytea), sha256(n::text::bytea), now() from generate_series(1, 2500) n;
       analyze webhook_inbox`,
    );
    const { rows: all } = await services.database.worker.query('select from webhook_inbox');
    const { rows: plan } = await services.database.worker.query<{ 'QUERY PLAN': string }>(`explain ${NEXT}`, [
      everything.from,
      everything.to,
      '-infinity',
      '00000000-0000-0000-0000-000000000000',
    ]);
    const lines = plan.map((row) => row['QUERY PLAN']).join('\n');
    expect(lines).toContain('Index');
    expect(lines).not.toMatch(/Sort|Seq Scan on webhook_inbox_\d+ webhook_inbox_/);
    expect(await replayInbox(services, everything)).toBeGreaterThanOrEqual(2_500);
    expect(await pendingBodies(services)).toBeGreaterThanOrEqual(all.length - 5);
    await executeOn(database.address, `delete from webhook_inbox where octet_length(body) = 32`);
    await readAll();
  });
});

describe('pnpm replay', () => {
  it('has what came in that time read again, from a process of its own', async () => {
    const args = [
      '--import',
      './server/typescript.mjs',
      'server/src/messaging/replay-command.ts',
      '--from',
      everything.from.toISOString(),
    ];
    const { stdout } = await promisify(execFile)(process.execPath, [...args, '--to', everything.to.toISOString()], {
      cwd: fileURLToPath(new URL('../../../', import.meta.url)),
      env: { PATH: process.env['PATH'], DATABASE_URL: databaseUrl(database.address) },
    });
    const count = await pendingBodies(services);
    expect(count).toBeGreaterThan(30);
    expect(stdout).toBe(`${count} webhooks are read again.\n`);
    await readAll();
  });

  it('wants two moments, the first before the second', () => {
    const [from, to] = ['2026-11-24T00:00:00Z', '2026-11-25T00:00:00Z'];
    expect(stretchOf(['--from', from, '--to', to])).toEqual({ from: new Date(from), to: new Date(to) });
    for (const args of [[], ['--from', from], ['--from', to, '--to', from], ['--from', 'yesterday', '--to', to]])
      expect(() => stretchOf(args)).toThrow('Say which webhooks');
  });
});
