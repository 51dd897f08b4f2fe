import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Business, startBusiness, startMeta } from '../../test/harness/business.ts';
import { textBody } from '../../test/harness/envelopes.ts';
import { createLine, openServices, rowsOf, type TestLine } from '../../test/harness/messaging.ts';
import { queueTexts } from '../../test/harness/outbound.ts';
import { createDatabase, type TestDatabase } from '../../test/harness/postgres.ts';
import { digestOf } from '../../test/harness/reader.ts';
import { settle, until } from '../../test/harness/until.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { WORK_BELL } from '../platform/bus.ts';
import type { Services } from '../platform/context.ts';
import { CloudApi } from '../whatsapp/cloud-api.ts';
import { startWorker } from './worker.ts';

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
  await business.close();
  await meta.close();
});

const CUSTOMER = '+4915550001';

/** A business to which one customer has written. */
async function start(firstDelayMs: number): Promise<void> {
  line = await createLine(services);
  meta = await startMeta([line]);
  business = await startBusiness(services, meta, firstDelayMs);
  const raw = textBody(line.phoneNumberId, `wamid.hello.${line.tenantId}`, CUSTOMER.slice(1), 'hello');
  await business.inbox.store(raw, digestOf(raw));
  await until(async () => (await rowsOf(services, line.tenantId, 'select from message')).length === 1);
}

/** Queues texts and wakes the worker, as the command does. */
async function send(texts: readonly string[]): Promise<string[]> {
  const queued = await queueTexts(services, line, CUSTOMER, texts);
  services.bus.ring(WORK_BELL);
  return queued.map(({ messageId }) => messageId);
}

async function statuses(ids: readonly string[]): Promise<string[]> {
  const sql = 'select status from message where id = any($1::uuid[]) order by id';
  return (await rowsOf<{ status: string }>(services, line.tenantId, sql, [ids])).map(({ status }) => status);
}

async function reachRead(ids: readonly string[]): Promise<void> {
  await until(async () => (await statuses(ids)).every((status) => status === 'READ'));
}

describe('what is sent again', () => {
  it('keeps the order of a customer when something went wrong for a moment', async () => {
    await start(1_000);
    meta.control.fault({ kind: 'answer', code: 1 }, { next: 1 });
    const ids = await send(['one', 'two', 'three']);
    await until(() => business.worker.stats.deliver.posted === 1);
    ids.push(...(await send(['four'])), ...(await send(['five'])));
    await reachRead(ids);
    expect(meta.control.accepted.map(({ text }) => text)).toEqual(['one', 'two', 'three', 'four', 'five']);
    expect(business.worker.stats.deliver.posted).toBe(6);
  });

  it('keeps the order of a customer to whom more is written while one message after the other is refused', async () => {
    await start(60);
    meta.control.settings.pairBurst = 1_000;
    meta.control.fault({ kind: 'answer', code: 1 }, { percent: 20 });
    const texts = Array.from({ length: 25 }, (_, n) => `${n}`);
    for (const text of texts) {
      await send([text]);
      await settle(Math.random() * 30);
    }
    await until(async () => (await services.database.worker.query('select from send_queue')).rows.length === 0, 18_000);
    const sent = meta.control.accepted.map(({ text }) => text);
    // One in three thousand is refused five times.
    expect(sent).toEqual(texts.filter((text) => sent.includes(text)));
    expect(sent.length).toBeGreaterThan(20);
  });

  it('keeps the order of a customer who got too much', async () => {
    await start(50);
    meta.control.fault({ kind: 'answer', code: 131056 }, { next: 1 });
    await send(['one', 'two']);
    await until(() => business.worker.stats.deliver.posted === 1);
    await send(['three']);
    await until(() => meta.control.accepted.length === 2, 15_000);
    expect(meta.control.accepted.map(({ text }) => text)).toEqual(['one', 'two']);
  });

  it('keeps messages QUEUED while WhatsApp cannot be reached, and sends them in order when it can', async () => {
    await start(50);
    await business.worker.close();
    const away = startWorker(services, {
      cloudApi: new CloudApi({ baseUrl: 'http://127.0.0.1:1', version: 'v26.0' }),
      firstDelayMs: 1,
    });
    const ids = await send(['one', 'two']);
    await until(() => away.stats.deliver.again > 8);
    await away.close();
    expect(away.stats.deliver.failed).toBe(0);
    expect(await statuses(ids)).toEqual(['QUEUED', 'QUEUED']);
    await services.database.worker.query('update send_queue set run_at = cube_now()');
    await business.close();
    business = await startBusiness(services, meta);
    await reachRead(ids);
    expect(meta.control.accepted.map(({ text }) => text)).toEqual(['one', 'two']);
  });
});
