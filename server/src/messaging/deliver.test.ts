import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Business, startBusiness, startMeta } from '../../test/harness/business.ts';
import { textBody } from '../../test/harness/envelopes.ts';
import { createLine, openServices, rowsOf, type TestLine } from '../../test/harness/messaging.ts';
import { queueTexts } from '../../test/harness/outbound.ts';
import { createDatabase, type TestDatabase } from '../../test/harness/postgres.ts';
import { timesOfWriting } from '../../test/harness/times-of-writing.ts';
import { settle, until } from '../../test/harness/until.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import type { Settings } from '../../simulator/options.ts';
import type { Services } from '../platform/context.ts';
import { WORK_BELL } from '../platform/bus.ts';
import { tenantsQuery } from '../platform/tenant-query.ts';

let database: TestDatabase;
let services: Services;
let line: TestLine;
let meta: Simulator;
let business: Business;

beforeAll(async () => {
  database = await createDatabase();
  services = await openServices(database.address);
});
afterAll(async () => {
  await services.database.close();
  await database.drop();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await business.close();
  await meta.close();
});

const CUSTOMER = '+4915550001';

async function start(settings: Partial<Settings> = {}, customers = [CUSTOMER]): Promise<void> {
  line = await createLine(services);
  meta = await startMeta([line], settings);
  business = await startBusiness(services, meta, 50);
  await Promise.all(
    customers.map((phone, n) => hear(textBody(line.phoneNumberId, `wamid.hello.${line.tenantId}.${n}`, phone.slice(1), 'hello'))),
  );
  await until(async () => (await count('message')) === customers.length);
}

function hear(raw: Buffer) {
  return business.inbox.store(raw, createHash('sha256').update(raw).digest());
}

/** Queues texts and wakes the worker, as the command does. */
async function send(texts: readonly string[], phone = CUSTOMER): Promise<string[]> {
  const queued = await queueTexts(services, line, phone, texts);
  services.bus.ring(WORK_BELL);
  return queued.map(({ messageId }) => messageId);
}

async function count(table: string): Promise<number> {
  const [row] = await rowsOf<{ count: string }>(services, line.tenantId, `select count(*) from ${table} where tenant_id = $1`, [
    line.tenantId,
  ]);
  return Number(row?.count);
}

async function statusesOf(ids: readonly string[]): Promise<string[]> {
  const rows = await rowsOf<{ id: string; status: string }>(
    services,
    line.tenantId,
    'select id, status from message where id = any($1::uuid[])',
    [ids],
  );
  const byId = new Map(rows.map((row) => [row.id, row.status]));
  return ids.map((id) => byId.get(id) ?? 'missing');
}

async function reach(ids: readonly string[], status: string, ms?: number): Promise<void> {
  await until(async () => (await statusesOf(ids)).every((reached) => reached === status), ms);
}

/** The statuses that subscribers saw of a message, in order. */
async function toldOf(id: string): Promise<string[]> {
  const rows = await rowsOf<{ status: string }>(
    services,
    line.tenantId,
    'select status from event where subject_id = $1 order by seq',
    [id],
  );
  return rows.map((row) => row.status);
}

describe('deliver', () => {
  it('sends what is queued once, in order, and tells every step to READ', async () => {
    await start({ sentMs: [20, 20], deliveredMs: [20, 20], readMs: [20, 20] });
    const texts = Array.from({ length: 20 }, (_, n) => `text ${n}`);
    const ids = await send(texts);
    await reach(ids, 'READ');
    expect(meta.control.accepted.map((accepted) => accepted.text)).toEqual(texts);
    expect(meta.control.accepted.map((accepted) => accepted.opaque)).toEqual(ids);
    for (const id of ids) expect(await toldOf(id)).toEqual(['QUEUED', 'ACCEPTED', 'SENT', 'DELIVERED', 'READ']);
    // Statuses may overtake the record of the answer.
    await until(async () => (await count('send_queue')) === 0);
    expect(await count('message_status')).toBe(80);
  });

  it('applies statuses that come before the answer to the request is stored', async () => {
    await start();
    meta.control.fault({ kind: 'status-first' }, { next: 10 });
    const ids = await send(Array.from({ length: 10 }, (_, n) => `early ${n}`));
    await until(() => business.worker.stats.deliver.accepted === 10);
    await reach(ids, 'READ', 1_000);
    for (const id of ids) expect(await toldOf(id)).toEqual(['QUEUED', 'ACCEPTED', 'SENT', 'DELIVERED', 'READ']);
    expect(await count('parked_status')).toBe(0);
  });

  it('sends again what Meta refused for the moment, five times at most, then fails with the reason', async () => {
    await start();
    meta.control.fault({ kind: 'answer', code: 1 }, { next: 4 });
    const [lucky] = (await send(['lucky'])) as [string];
    await reach([lucky], 'READ');
    meta.control.fault({ kind: 'answer', code: 1 }, { next: 5 });
    const [unlucky] = (await send(['unlucky'])) as [string];
    await reach([unlucky], 'FAILED');
    expect(await rowsOf(services, line.tenantId, 'select failure_code from message where id = $1', [unlucky])).toEqual([
      { failure_code: 1 },
    ]);
    expect(meta.control.accepted.map(({ text }) => text)).toEqual(['lucky']);
    expect(await count('send_queue')).toBe(0);
    expect(business.worker.stats.deliver.posted).toBe(10);
  });

  it('fails at once what Meta will never take, and its neighbours go out', async () => {
    await start();
    meta.control.fault({ kind: 'answer', code: 131047 }, { next: 1 });
    const [refused, ...others] = await send(['too late', 'fine', 'fine too']);
    await reach(others, 'READ');
    expect(await statusesOf([refused as string])).toEqual(['FAILED']);
    expect(await toldOf(refused as string)).toEqual(['QUEUED', 'FAILED']);
  });

  it('does not send again what may have been sent, and learns from its statuses that it was', async () => {
    await start({ sentMs: [400, 400] });
    meta.control.fault({ kind: 'drop' }, { next: 1 });
    const [id] = (await send(['dropped answer'])) as [string];
    await reach([id], 'UNCONFIRMED');
    await reach([id], 'READ');
    expect(await toldOf(id)).toEqual(['QUEUED', 'UNCONFIRMED', 'ACCEPTED', 'SENT', 'DELIVERED', 'READ']);
    expect(meta.control.accepted).toHaveLength(1);
    const [row] = await rowsOf<{ known: boolean }>(
      services,
      line.tenantId,
      'select wamid is not null as known from message where id = $1',
      [id],
    );
    expect(row).toEqual({ known: true });
  });

  it('leaves what was reset after it was read as unconfirmed', async () => {
    await start();
    meta.control.fault({ kind: 'reset' }, { next: 1 });
    const ids = await send(['lost?', 'next']);
    await reach(ids.slice(1), 'READ');
    await settle(300);
    expect(await statusesOf(ids)).toEqual(['UNCONFIRMED', 'READ']);
    expect(meta.control.accepted.map(({ text }) => text)).toEqual(['next']);
  });

  it('slows a number that Meta finds too fast and loses nothing', async () => {
    await start();
    meta.control.fault({ kind: 'answer', code: 130429 }, { next: 3 });
    const ids = await send(Array.from({ length: 12 }, (_, n) => `slow ${n}`));
    await reach(ids, 'READ', 15_000);
    expect(meta.control.accepted).toHaveLength(12);
    expect(business.worker.stats.deliver.failed).toBe(0);
  });

  it('delays only the customer who got too much', async () => {
    const other = '+4915550002';
    await start({}, [CUSTOMER, other]);
    meta.control.fault({ kind: 'answer', code: 131056 }, { next: 1 });
    const [first] = (await send(['too much'])) as [string];
    await settle(100);
    const [second] = (await send(['elsewhere'], other)) as [string];
    await reach([second], 'READ', 900);
    expect(await statusesOf([first])).toEqual(['QUEUED']);
    await reach([first], 'READ');
  });

  it('pauses a number whose token is refused, tells it once, and keeps its queue', async () => {
    await start();
    meta.control.fault({ kind: 'answer', code: 190 }, { percent: 100 });
    const ids = await send(Array.from({ length: 30 }, (_, n) => `kept ${n}`));
    const number = () => rowsOf<{ status: string }>(services, line.tenantId, 'select status, paused_reason from whatsapp_number');
    await until(async () => (await number())[0]?.status === 'PAUSED');
    await settle(500);
    expect(await number()).toEqual([{ status: 'PAUSED', paused_reason: 'WhatsApp refused our access token' }]);
    expect(await rowsOf(services, line.tenantId, `select status from event where kind = 'NUMBER_CHANGED'`)).toEqual([
      { status: 'PAUSED' },
    ]);
    expect(new Set(await statusesOf(ids))).toEqual(new Set(['QUEUED']));
    expect(await count('send_queue')).toBe(30);
    meta.control.clearFaults();
    await asWorker(`update whatsapp_number set status = 'CONNECTED', paused_reason = null`);
    await reach(ids, 'READ', 15_000);
    expect(meta.control.accepted).toHaveLength(30);
  });

  it('tries a message that cannot be opened five times and parks it; its neighbours go out meanwhile', async () => {
    const other = '+4915550002';
    await start({}, [CUSTOMER, other]);
    const [elsewhere] = await queueTexts(services, line, other, ['elsewhere']);
    const queued = await queueTexts(services, line, CUSTOMER, ['good', 'spoilt', 'good too']);
    const ids = queued.map(({ messageId }) => messageId);
    await asWorker(`update message set body = set_byte(body, 50, 1 - get_byte(body, 50) % 2) where id = '${ids[1]}'`);
    services.bus.ring(WORK_BELL);
    await reach([elsewhere?.messageId as string, ids[0] as string, ids[2] as string], 'READ');
    expect(await statusesOf([ids[1] as string])).toEqual(['FAILED']);
    expect(business.worker.stats.deliver).toMatchObject({ again: 4, failed: 1, posted: 3 });
    expect(await rowsOf(services, line.tenantId, 'select message_id, kind from attention')).toEqual([
      { message_id: ids[1], kind: 'FAILED' },
    ]);
    expect(await count('send_queue')).toBe(0);
  });

  it('links a reply to the message of Meta that it answers', async () => {
    await start();
    const [inbound] = await rowsOf<{ id: string }>(services, line.tenantId, 'select id from message');
    const [reply] = await queueTexts(services, line, CUSTOMER, ['an answer'], inbound?.id);
    services.bus.ring(WORK_BELL);
    await reach([reply?.messageId as string], 'READ');
    expect(meta.control.accepted[0]?.replyToId).toBe(`wamid.hello.${line.tenantId}.0`);
  });

  it('settles what a process left behind: not attempted is sent, attempted is unconfirmed', async () => {
    await start();
    await business.worker.close();
    const ids = (await queueTexts(services, line, CUSTOMER, ['leased', 'attempted'])).map(({ messageId }) => messageId);
    await services.database.worker.query(`update send_queue set lease_until = now() - interval '1 second'`);
    await services.database.worker.query('update send_queue set attempted_at = now() where message_id = $1', [ids[1]]);
    await business.close();
    business = await startBusiness(services, meta);
    await reach(ids.slice(0, 1), 'READ');
    await reach(ids.slice(1), 'UNCONFIRMED');
    expect(meta.control.accepted.map(({ text }) => text)).toEqual(['leased']);
    expect(await count('send_queue')).toBe(0);
  });

  it('never goes above the pace of a number', async () => {
    const written = timesOfWriting();
    const customers = Array.from({ length: 8 }, (_, n) => `+49155520${n}0`);
    await start({ perSecond: 80 }, customers);
    const queued = await Promise.all(
      customers.map((phone) =>
        queueTexts(
          services,
          line,
          phone,
          Array.from({ length: 25 }, (_, n) => `paced ${n}`),
        ),
      ),
    );
    services.bus.ring(WORK_BELL);
    await until(() => meta.control.accepted.length === 200);
    await reach(
      queued.flat().map(({ messageId }) => messageId),
      'READ',
    );
    // In no second more than 80 left us. (When they are read on the other side is the machine's affair, and what Meta refuses then goes out again.)
    expect(business.worker.stats.deliver.accepted).toBe(200);
    expect(written.length).toBeGreaterThanOrEqual(200);
    expect(written.filter((at, index) => (written[index + 80] ?? Infinity) - at < 1_000)).toEqual([]);
  });

  it('sends each message once with two processes on one queue', async () => {
    await start();
    const other = await openServices(database.address);
    const second = await startBusiness(other, meta);
    const texts = Array.from({ length: 120 }, (_, n) => `shared ${n}`);
    const ids: string[] = [];
    for (let n = 0; n < 4; n++) {
      const phone = `+49155511${n}0`;
      await hear(textBody(line.phoneNumberId, `wamid.${line.tenantId}.${n}`, phone.slice(1), 'hi'));
      await until(async () => (await count('contact')) === n + 2);
      ids.push(...(await send(texts.slice(n * 30, n * 30 + 30), phone)));
      other.bus.ring(WORK_BELL);
    }
    await reach(ids, 'READ', 15_000);
    await second.close();
    await other.database.close();
    expect(meta.control.accepted.map(({ text }) => text).sort()).toEqual([...texts].sort());
  });
});

async function asWorker(sql: string): Promise<void> {
  await tenantsQuery(services.database.worker, [line.tenantId], (query) => query(sql));
}
