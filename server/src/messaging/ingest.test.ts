import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { body, change, text, textBody } from '../../test/harness/envelopes.ts';
import { createLine, openServices, rowsOf, type TestLine } from '../../test/harness/messaging.ts';
import { executeOn } from '../../test/harness/execute-on.ts';
import { createDatabase, type TestDatabase } from '../../test/harness/postgres.ts';
import { settle, until } from '../../test/harness/until.ts';
import type { Services } from '../platform/context.ts';
import { place } from '../platform/sealed.ts';
import { tenantsQuery } from '../platform/tenant-query.ts';
import { Ingester } from './ingest.ts';
import { WebhookInbox } from './receive-webhook.ts';

let database: TestDatabase;
let one: Services;
let two: Services;

beforeAll(async () => {
  database = await createDatabase();
  [one, two] = await Promise.all([openServices(database.address), openServices(database.address)]);
});
afterAll(async () => {
  await Promise.all([one.database.close(), two.database.close()]);
  await database.drop();
});

/** A process that stores and reads webhooks. */
function start(services: Services) {
  const ingester = new Ingester(services);
  const inbox = new WebhookInbox({ ...services, onStored: (bodies) => ingester.take(bodies) });
  const post = (raw: Buffer) => inbox.store(raw, createHash('sha256').update(raw).digest());
  return { ingester, post, end: () => ingester.close() };
}

async function countOf(line: TestLine, table: string): Promise<number> {
  const [row] = await rowsOf<{ count: string }>(one, line.tenantId, `select count(*) from ${table} where tenant_id = $1`, [
    line.tenantId,
  ]);
  return Number(row?.count);
}

interface MessageRow {
  id: string;
  kind: string;
  status: string;
  body: Buffer | null;
  wamid: Buffer;
  conversation_id: string;
  reply_to_id: string | null;
  key_id: string;
}

async function messagesOf(line: TestLine): Promise<MessageRow[]> {
  return rowsOf<MessageRow>(
    one,
    line.tenantId,
    `select m.*, k.key_id from message m join conversation c on c.id = m.conversation_id join contact k on k.id = c.contact_id
     where m.tenant_id = $1 order by m.id`,
    [line.tenantId],
  );
}

async function open(line: TestLine, row: MessageRow, column: 'body' | 'wamid'): Promise<string> {
  const connection = await one.database.worker.connect();
  try {
    await connection.query('begin');
    await connection.query(`select set_config('app.tenant_ids', $1, true)`, [`{${line.tenantId}}`]);
    await one.keys.loadContactKeys(async (sql, values) => (await connection.query(sql, values)).rows, line.tenantId, [
      row.key_id,
    ]);
    return one.keys.open(line.tenantId, place(line.tenantId, 'message', column, row.id), row[column] as Buffer);
  } finally {
    await connection.query('rollback');
    connection.release();
  }
}

describe('ingest', () => {
  it('stores a message once when the same payload comes a hundred times at once', async () => {
    const line = await createLine(one);
    const process = start(one);
    const raw = textBody(line.phoneNumberId, 'wamid.same', '966501234567', 'مرحبا');
    const answers = await Promise.all(Array.from({ length: 100 }, () => process.post(raw)));
    await process.end();
    expect(answers.filter((answer) => answer === 'stored')).toHaveLength(1);
    const [message, ...others] = await messagesOf(line);
    expect(others).toEqual([]);
    expect(message && (await open(line, message, 'body'))).toBe('مرحبا');
    expect(message && (await open(line, message, 'wamid'))).toBe('wamid.same');
    expect(await countOf(line, 'event')).toBe(1);
    expect(await rowsOf(one, line.tenantId, 'select unread_count, last_message_id, last_message_seq from conversation')).toEqual([
      { unread_count: 1, last_message_id: message?.id, last_message_seq: '1' },
    ]);
  });

  it('stores the same wamid once from fifty envelopes and two processes', async () => {
    const line = await createLine(one);
    const processes = [start(one), start(two)];
    const posts = Array.from({ length: 50 }, (_, n) => {
      const noise = text(`wamid.noise.${n}`, `4915550${1000 + n}`, 'hi');
      return body(change(line.phoneNumberId, { messages: [noise, text('wamid.shared', '4915550001', 'once')] }));
    });
    await Promise.all(posts.map((raw, n) => processes[n % 2]?.post(raw)));
    await Promise.all(processes.map((process) => process.end()));
    expect(await countOf(line, 'message')).toBe(51);
    expect(await countOf(line, 'conversation')).toBe(51);
    expect(await countOf(line, 'contact')).toBe(51);
    expect(await countOf(line, 'contact_key')).toBe(51);
    expect(await seqsOf(line)).toEqual(Array.from({ length: 51 }, (_, n) => n + 1));
  });

  it('meets a new customer once when two messages come at once to two processes', async () => {
    for (let round = 0; round < 20; round++) {
      const line = await createLine(one);
      const processes = [start(one), start(two)];
      await Promise.all([
        processes[0]?.post(textBody(line.phoneNumberId, 'wamid.a', '4915550002', 'first')),
        processes[1]?.post(textBody(line.phoneNumberId, 'wamid.b', '4915550002', 'second')),
      ]);
      await Promise.all(processes.map((process) => process.end()));
      expect([
        await countOf(line, 'contact'),
        await countOf(line, 'contact_identity'),
        await countOf(line, 'conversation'),
      ]).toEqual([1, 1, 1]);
      expect(await countOf(line, 'message')).toBe(2);
      expect(await rowsOf(one, line.tenantId, 'select unread_count from conversation')).toEqual([{ unread_count: 2 }]);
    }
  });

  it('knows a customer by phone and by user id, and keeps the thread when one of them is hidden', async () => {
    const line = await createLine(one);
    const process = start(one);
    const both = { from_user_id: 'DE.4410A' };
    await process.post(body(change(line.phoneNumberId, { messages: [text('wamid.1', '4915550003', 'a')] })));
    await settle();
    await process.post(
      body(
        change(line.phoneNumberId, {
          contacts: [{ wa_id: '4915550003', user_id: 'DE.4410A', profile: { name: 'Ada', username: 'ada.l' } }],
          messages: [text('wamid.2', '4915550003', 'b', both)],
        }),
      ),
    );
    await settle();
    await process.post(body(change(line.phoneNumberId, { messages: [text('wamid.3', '', 'c', { from: undefined, ...both })] })));
    await process.end();
    expect([await countOf(line, 'contact'), await countOf(line, 'conversation'), await countOf(line, 'message')]).toEqual([
      1, 1, 3,
    ]);
    expect(await rowsOf(one, line.tenantId, 'select kind from contact_identity order by kind')).toEqual([
      { kind: 'BSUID' },
      { kind: 'PHONE' },
      { kind: 'USERNAME' },
    ]);
    // The name came with the second message: the contact had none.
    expect(await rowsOf(one, line.tenantId, 'select name is not null as named from contact')).toEqual([{ named: true }]);
    expect(await countOf(line, 'contact_word')).toBe(2);
    expect(await rowsOf(one, line.tenantId, `select kind from event where kind = 'CONTACT_CHANGED'`)).toHaveLength(1);
  });

  it('links a reply to the message it answers and shows what it cannot read as unsupported', async () => {
    const line = await createLine(one);
    const process = start(one);
    const reply = text('wamid.reply', '4915550004', 'this one', { context: { from: '1', id: 'wamid.first' } });
    const image = { from: '4915550004', id: 'wamid.image', timestamp: '1790000000', type: 'image', image: { id: '8101' } };
    await process.post(body(change(line.phoneNumberId, { messages: [text('wamid.first', '4915550004', 'look'), reply, image] })));
    await process.end();
    const [first, second, third] = await messagesOf(line);
    expect(second?.reply_to_id).toBe(first?.id);
    expect([third?.kind, third?.body]).toEqual(['UNSUPPORTED', null]);
  });

  it('keeps the tenants of one body apart and ignores numbers that nobody has', async () => {
    const [mine, yours] = [await createLine(one), await createLine(one)];
    const process = start(one);
    const from = '4915550005';
    await process.post(
      body(
        change(mine.phoneNumberId, { messages: [text('wamid.x', from, 'mine')] }),
        change(yours.phoneNumberId, { messages: [text('wamid.x', from, 'yours')] }),
        change('404', { messages: [text('wamid.x', from, 'nobody')] }),
      ),
    );
    await process.end();
    for (const [line, words] of [
      [mine, 'mine'],
      [yours, 'yours'],
    ] as const) {
      const [message, ...others] = await messagesOf(line);
      expect(others).toEqual([]);
      expect(message && (await open(line, message, 'body'))).toBe(words);
    }
    expect(process.ingester.stats.ignored).toBe(1);
  });

  it('quarantines signed rubbish, keeps its good neighbours and never throws', async () => {
    const line = await createLine(one);
    const process = start(one);
    const rubbish = [
      Buffer.from('not json'),
      Buffer.from(`{"object":"whatsapp_business_account","entry":${'['.repeat(10_000)}${']'.repeat(10_000)}}`),
      Buffer.from('{"__proto__":{"polluted":true},"object":1}'),
      body(change(line.phoneNumberId, { messages: [{ id: 7 } as never, text('wamid.good', '4915550006', 'good')] })),
    ];
    for (const raw of rubbish) expect(await process.post(raw)).toBe('stored');
    await process.end();
    expect(await countOf(line, 'message')).toBe(1);
    const { rows } = await one.database.worker.query<{ quarantined: string }>(
      `select quarantined from webhook_inbox where quarantined is not null order by id`,
    );
    expect(rows.map((row) => row.quarantined)).toEqual([
      'not JSON',
      'not an object at entry[0]',
      'not a WhatsApp envelope at object',
      'no type at entry[0].changes[0].value.messages[0].type',
    ]);
    expect(await pendingBodies()).toBe(0);
  });

  it('finds the one body that spoils a batch and writes its neighbours', async () => {
    const [good, broken] = [await createLine(one), await createLine(one)];
    // Without its keys nothing of this tenant can be written.
    await changeRows(broken, 'delete from tenant_key');
    const process = start(two);
    const posts = Array.from({ length: 9 }, (_, n) =>
      process.post(textBody(good.phoneNumberId, `wamid.${n}`, '4915550007', 'fine')),
    );
    posts.push(process.post(textBody(broken.phoneNumberId, 'wamid.broken', '4915550007', 'poison')));
    await Promise.all(posts);
    await process.end();
    expect(await countOf(good, 'message')).toBe(9);
    expect(await countOf(broken, 'message')).toBe(0);
    expect(process.ingester.stats.quarantined).toBe(1);
    const { rows } = await one.database.worker.query(
      `select tries, done_at from webhook_inbox where quarantined = 'a sealed value cannot be opened'`,
    );
    expect(rows).toEqual([{ tries: 1, done_at: null }]);
  });

  it('does not let a tenant wait for the locked rows of another', async () => {
    const [free, locked] = [await createLine(one), await createLine(one)];
    const process = start(one);
    for (const line of [free, locked]) await process.post(textBody(line.phoneNumberId, 'wamid.0', '4915550008', 'hello'));
    await settle();
    const holder = await two.database.worker.connect();
    try {
      await holder.query('begin');
      await holder.query(`select set_config('app.tenant_ids', $1, true)`, [`{${locked.tenantId}}`]);
      await holder.query('select from conversation for update');
      await Promise.all(
        [free, locked].map((line) => process.post(textBody(line.phoneNumberId, 'wamid.1', '4915550008', 'more'))),
      );
      await until(async () => (await countOf(free, 'message')) === 2);
      const before = performance.now();
      await process.post(textBody(free.phoneNumberId, 'wamid.2', '4915550008', 'and more'));
      await until(async () => (await countOf(free, 'message')) === 3);
      expect(performance.now() - before).toBeLessThan(500);
      expect(await countOf(locked, 'message')).toBe(1);
      await holder.query('commit');
    } finally {
      holder.release();
    }
    await until(async () => {
      process.ingester.look();
      return (await countOf(locked, 'message')) === 2;
    });
    await process.end();
  });

  it('reopens what was resolved under a day ago, begins anew after it, and wakes what was snoozed', async () => {
    const line = await createLine(one);
    const process = start(one);
    const say = async (wamid: string) => {
      await process.post(textBody(line.phoneNumberId, wamid, '4915550009', wamid));
      await settle();
      return rowsOf<{ status: string; unread_count: number; resolved: boolean }>(
        one,
        line.tenantId,
        'select status, unread_count, resolved_at is not null as resolved from conversation order by id',
      );
    };
    const set = (values: string) => changeRows(line, `update conversation set ${values} where status <> 'RESOLVED'`);
    await say('wamid.1');
    await set(`status = 'SNOOZED', unread_count = 0`);
    expect(await say('wamid.2')).toEqual([{ status: 'OPEN', unread_count: 1, resolved: false }]);
    await set(`status = 'RESOLVED', unread_count = 0, resolved_at = now() - interval '23 hours'`);
    expect(await say('wamid.3')).toEqual([{ status: 'OPEN', unread_count: 1, resolved: false }]);
    await set(`status = 'RESOLVED', unread_count = 0, resolved_at = now() - interval '25 hours'`);
    expect(await say('wamid.4')).toEqual([
      { status: 'RESOLVED', unread_count: 0, resolved: true },
      { status: 'OPEN', unread_count: 1, resolved: false },
    ]);
    await process.end();
  });

  it("counts the service window from Meta's time, and never from the future", async () => {
    const line = await createLine(one);
    const process = start(one);
    const at = async (wamid: string, timestamp: number) => {
      await process.post(
        body(change(line.phoneNumberId, { messages: [text(wamid, '4915550010', 'x', { timestamp: String(timestamp) })] })),
      );
      await settle();
      const [row] = await rowsOf<{ last_inbound_at: Date; ahead: boolean }>(
        one,
        line.tenantId,
        'select last_inbound_at, last_inbound_at > now() as ahead from service_window',
      );
      return row;
    };
    const hourAgo = Math.floor(Date.now() / 1000) - 3600;
    expect((await at('wamid.1', hourAgo))?.last_inbound_at.getTime()).toBe(hourAgo * 1000);
    expect((await at('wamid.2', hourAgo - 3 * 86_400))?.last_inbound_at.getTime()).toBe(hourAgo * 1000);
    expect((await at('wamid.3', hourAgo + 10 * 3600))?.ahead).toBe(false);
    await process.end();
  });

  it('takes up what a process that died had stored and not read', async () => {
    const line = await createLine(one);
    const bus = { rung: 0 };
    const orphan = new WebhookInbox({ ...one, bus: { ...one.bus, ring: () => bus.rung++ } });
    const raw = textBody(line.phoneNumberId, 'wamid.orphan', '4915550011', 'left behind');
    await orphan.store(raw, createHash('sha256').update(raw).digest());
    expect(bus.rung).toBe(1);
    const process = start(two);
    process.ingester.look();
    await settle();
    expect(await countOf(line, 'message')).toBe(0);
    process.ingester.look({ fresh: true });
    await until(async () => (await countOf(line, 'message')) === 1);
    await process.end();
  });

  it('replays a whole day without any change', async () => {
    const line = await createLine(one);
    const process = start(one);
    for (let n = 0; n < 30; n++)
      await process.post(textBody(line.phoneNumberId, `wamid.${n % 20}`, `49155501${n % 7}0`, `text ${n}`));
    await process.end();
    const before = await snapshot(line);
    await executeOn(database.address, 'update webhook_inbox set done_at = null where quarantined is null');
    const again = start(two);
    again.ingester.look({ fresh: true });
    await until(async () => (await pendingBodies()) === 0);
    await again.end();
    expect(await snapshot(line)).toEqual(before);
  });
});

async function seqsOf(line: TestLine): Promise<number[]> {
  const rows = await rowsOf<{ seq: string }>(one, line.tenantId, 'select seq from event where tenant_id = $1 order by seq', [
    line.tenantId,
  ]);
  return rows.map((row) => Number(row.seq));
}

async function pendingBodies(): Promise<number> {
  const { rows } = await one.database.worker.query<{ count: string }>(
    'select count(*) from webhook_inbox where done_at is null and quarantined is null',
  );
  return Number(rows[0]?.count);
}

async function snapshot(line: TestLine): Promise<unknown> {
  const tables = ['message', 'conversation', 'contact', 'contact_identity', 'service_window', 'event', 'event_counter'];
  return Promise.all(
    tables.map((table) =>
      rowsOf(one, line.tenantId, `select * from ${table} where tenant_id = $1 order by 1, 2, 3`, [line.tenantId]),
    ),
  );
}

async function changeRows(line: TestLine, sql: string): Promise<void> {
  await tenantsQuery(two.database.worker, [line.tenantId], (query) => query(sql));
}
