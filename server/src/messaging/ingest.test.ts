import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { body, change, text, textBody } from '../../test/harness/envelopes.ts';
import { executeOn } from '../../test/harness/execute-on.ts';
import { createLine, openServices, rowsOf, type TestLine } from '../../test/harness/messaging.ts';
import { openMessage, messagesOf } from '../../test/harness/read-messages.ts';
import { createDatabase, type TestDatabase } from '../../test/harness/postgres.ts';
import { countOf, digestOf, pendingBodies, startReader } from '../../test/harness/reader.ts';
import { settle, until } from '../../test/harness/until.ts';
import type { Services } from '../platform/context.ts';
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

describe('ingest', () => {
  it('stores a message once when the same payload comes a hundred times at once', async () => {
    const line = await createLine(one);
    const reader = startReader(one);
    const raw = textBody(line.phoneNumberId, 'wamid.same', '966501234567', 'مرحبا');
    const answers = await Promise.all(Array.from({ length: 100 }, () => reader.post(raw)));
    await reader.end();
    expect(answers.filter((answer) => answer === 'stored')).toHaveLength(1);
    const [message, ...others] = await messagesOf(one, line);
    expect(others).toEqual([]);
    expect(message && (await openMessage(one, line, message, 'body'))).toBe('مرحبا');
    expect(message && (await openMessage(one, line, message, 'wamid'))).toBe('wamid.same');
    expect(await countOf(one, line, 'event')).toBe(1);
    expect(await rowsOf(one, line.tenantId, 'select unread_count, last_message_id, last_message_seq from conversation')).toEqual([
      { unread_count: 1, last_message_id: message?.id, last_message_seq: '1' },
    ]);
  });

  it('stores the same wamid once from fifty envelopes and two processes', async () => {
    const line = await createLine(one);
    const readers = [startReader(one), startReader(two)];
    const posts = Array.from({ length: 50 }, (_, n) => {
      const noise = text(`wamid.noise.${n}`, `4915550${1000 + n}`, 'hi');
      return body(change(line.phoneNumberId, { messages: [noise, text('wamid.shared', '4915550001', 'once')] }));
    });
    await Promise.all(posts.map((raw, n) => readers[n % 2]?.post(raw)));
    await Promise.all(readers.map((reader) => reader.end()));
    expect(await countOf(one, line, 'message')).toBe(51);
    expect(await countOf(one, line, 'conversation')).toBe(51);
    expect(await countOf(one, line, 'contact')).toBe(51);
    expect(await countOf(one, line, 'contact_key')).toBe(51);
    expect(await seqsOf(line)).toEqual(Array.from({ length: 51 }, (_, n) => n + 1));
  });

  it('meets a new customer once when two messages come at once to two processes', async () => {
    for (let round = 0; round < 20; round++) {
      const line = await createLine(one);
      const readers = [startReader(one), startReader(two)];
      await Promise.all([
        readers[0]?.post(textBody(line.phoneNumberId, 'wamid.a', '4915550002', 'first')),
        readers[1]?.post(textBody(line.phoneNumberId, 'wamid.b', '4915550002', 'second')),
      ]);
      await Promise.all(readers.map((reader) => reader.end()));
      expect([
        await countOf(one, line, 'contact'),
        await countOf(one, line, 'contact_identity'),
        await countOf(one, line, 'conversation'),
      ]).toEqual([1, 1, 1]);
      expect(await countOf(one, line, 'message')).toBe(2);
      expect(await rowsOf(one, line.tenantId, 'select unread_count from conversation')).toEqual([{ unread_count: 2 }]);
    }
  });

  it('keeps the tenants of one body apart and ignores numbers that nobody has', async () => {
    const [mine, yours] = [await createLine(one), await createLine(one)];
    const reader = startReader(one);
    const from = '4915550005';
    await reader.post(
      body(
        change(mine.phoneNumberId, { messages: [text('wamid.x', from, 'mine')] }),
        change(yours.phoneNumberId, { messages: [text('wamid.x', from, 'yours')] }),
        change('404', { messages: [text('wamid.x', from, 'nobody')] }),
      ),
    );
    await reader.end();
    for (const [line, words] of [
      [mine, 'mine'],
      [yours, 'yours'],
    ] as const) {
      const [message, ...others] = await messagesOf(one, line);
      expect(others).toEqual([]);
      expect(message && (await openMessage(one, line, message, 'body'))).toBe(words);
    }
    expect(reader.ingester.stats.ignored).toBe(1);
  });

  it('quarantines signed rubbish, keeps its good neighbours and never throws', async () => {
    const line = await createLine(one);
    const reader = startReader(one);
    const rubbish = [
      Buffer.from('not json'),
      Buffer.from(`{"object":"whatsapp_business_account","entry":${'['.repeat(10_000)}${']'.repeat(10_000)}}`),
      Buffer.from('{"__proto__":{"polluted":true},"object":1}'),
      body(change(line.phoneNumberId, { messages: [{ id: 7 } as never, text('wamid.good', '4915550006', 'good')] })),
    ];
    for (const raw of rubbish) expect(await reader.post(raw)).toBe('stored');
    await reader.end();
    expect(await countOf(one, line, 'message')).toBe(1);
    const { rows } = await one.database.worker.query<{ quarantined: string }>(
      `select quarantined from webhook_inbox where quarantined is not null order by id`,
    );
    expect(rows.map((row) => row.quarantined)).toEqual([
      'not JSON',
      'not an object at entry[0]',
      'not a WhatsApp envelope at object',
      'no type at entry[0].changes[0].value.messages[0].type',
    ]);
    expect(await pendingBodies(one)).toBe(0);
  });

  it('finds the one body that spoils a batch and writes its neighbours', async () => {
    const [good, broken] = [await createLine(one), await createLine(one)];
    // Without its keys nothing of this tenant can be written.
    await changeRows(broken, 'delete from tenant_key');
    const reader = startReader(two);
    const posts = Array.from({ length: 9 }, (_, n) =>
      reader.post(textBody(good.phoneNumberId, `wamid.${n}`, '4915550007', 'fine')),
    );
    posts.push(reader.post(textBody(broken.phoneNumberId, 'wamid.broken', '4915550007', 'poison')));
    await Promise.all(posts);
    await reader.end();
    expect(await countOf(one, good, 'message')).toBe(9);
    expect(await countOf(one, broken, 'message')).toBe(0);
    expect(reader.ingester.stats.quarantined).toBe(1);
    const { rows } = await one.database.worker.query(
      `select tries, done_at from webhook_inbox where quarantined = 'a sealed value cannot be opened'`,
    );
    expect(rows).toEqual([{ tries: 1, done_at: null }]);
  });

  it('does not let a tenant wait for the locked rows of another', async () => {
    const [free, locked] = [await createLine(one), await createLine(one)];
    const reader = startReader(one);
    for (const line of [free, locked]) await reader.post(textBody(line.phoneNumberId, 'wamid.0', '4915550008', 'hello'));
    await until(async () => (await countOf(one, free, 'message')) + (await countOf(one, locked, 'message')) === 2);
    const holder = await two.database.worker.connect();
    try {
      await holder.query('begin');
      await holder.query(`select set_config('app.tenant_ids', $1, true)`, [`{${locked.tenantId}}`]);
      await holder.query('select from conversation for update');
      await Promise.all([free, locked].map((line) => reader.post(textBody(line.phoneNumberId, 'wamid.1', '4915550008', 'more'))));
      await until(async () => (await countOf(one, free, 'message')) === 2);
      const before = performance.now();
      await reader.post(textBody(free.phoneNumberId, 'wamid.2', '4915550008', 'and more'));
      await until(async () => (await countOf(one, free, 'message')) === 3);
      expect(performance.now() - before).toBeLessThan(500);
      expect(await countOf(one, locked, 'message')).toBe(1);
    } finally {
      await holder.query('rollback');
      holder.release();
    }
    await until(async () => {
      reader.ingester.look();
      return (await countOf(one, locked, 'message')) === 2;
    });
    await reader.end();
  });

  it('reads what others stored of other tenants, however much of a held one lies before it', async () => {
    const [free, locked] = [await createLine(one), await createLine(one)];
    const first = startReader(one);
    await first.post(textBody(locked.phoneNumberId, 'wamid.0', '4915550009', 'hello'));
    await first.end();
    const holder = await two.database.worker.connect();
    const ingester = new Ingester(one, { bodies: 5, bytes: 1 << 20 });
    try {
      await holder.query('begin');
      await holder.query(`select set_config('app.tenant_ids', $1, true)`, [`{${locked.tenantId}}`]);
      await holder.query('select from conversation for update');
      const inbox = new WebhookInbox(two);
      const store = (line: TestLine, wamid: string) => {
        const raw = textBody(line.phoneNumberId, wamid, '4915550009', wamid);
        return inbox.store(raw, digestOf(raw));
      };
      await Promise.all(Array.from({ length: 520 }, (_, n) => store(locked, `wamid.held.${n}`)));
      await store(free, 'wamid.free');
      await until(async () => {
        ingester.look({ fresh: true });
        return (await countOf(one, free, 'message')) === 1;
      });
      await store(free, 'wamid.free.2');
      await until(async () => {
        ingester.look({ fresh: true });
        return (await countOf(one, free, 'message')) === 2;
      });
      expect(await countOf(one, locked, 'message')).toBe(1);
    } finally {
      await holder.query('rollback');
      holder.release();
    }
    await until(async () => {
      ingester.look();
      return (await countOf(one, locked, 'message')) === 521;
    });
    await ingester.close();
  });

  it('takes up what a process that died had stored and not read', async () => {
    const line = await createLine(one);
    const bus = { rung: 0 };
    const orphan = new WebhookInbox({ ...one, bus: { ...one.bus, ring: () => bus.rung++ } });
    const raw = textBody(line.phoneNumberId, 'wamid.orphan', '4915550011', 'left behind');
    await orphan.store(raw, digestOf(raw));
    expect(bus.rung).toBe(1);
    const reader = startReader(two);
    reader.ingester.look();
    await settle();
    expect(await countOf(one, line, 'message')).toBe(0);
    reader.ingester.look({ fresh: true });
    await until(async () => (await countOf(one, line, 'message')) === 1);
    await reader.end();
  });

  it('replays a whole day without any change', async () => {
    const line = await createLine(one);
    const reader = startReader(one);
    for (let n = 0; n < 30; n++)
      await reader.post(textBody(line.phoneNumberId, `wamid.${n % 20}`, `49155501${n % 7}0`, `text ${n}`));
    await reader.end();
    const before = await snapshot(line);
    await executeOn(database.address, 'update webhook_inbox set done_at = null where quarantined is null');
    const again = startReader(two);
    again.ingester.look({ fresh: true });
    await until(async () => (await pendingBodies(one)) === 0);
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
