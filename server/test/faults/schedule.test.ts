import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Simulator } from '../../simulator/simulator.ts';
import type { Services } from '../../src/platform/context.ts';
import { tenantsQuery } from '../../src/platform/tenant-query.ts';
import { type Business, startBusiness, startMeta } from '../harness/business.ts';
import { type Child, startChild } from '../harness/child.ts';
import { body, change, text } from '../harness/envelopes.ts';
import { createLine, openServices, rowsOf, type TestLine } from '../harness/messaging.ts';
import { queueTexts } from '../harness/outbound.ts';
import { createDatabase, type TestDatabase } from '../harness/postgres.ts';
import { digestOf } from '../harness/reader.ts';
import { until } from '../harness/until.ts';

const CUSTOMERS = Array.from({ length: 20 }, (_, n) => `+4915557${n}00`);
const FIVE_MINUTES = 5 * 60_000;

let database: TestDatabase;
let services: Services;
let line: TestLine;
let meta: Simulator;
let business: Business;
const children: Child[] = [];

beforeAll(async () => {
  database = await createDatabase();
  services = await openServices(database.address);
  line = await createLine(services);
  meta = await startMeta([line], { statuses: false });
  business = await startBusiness(services, meta);
  const messages = CUSTOMERS.map((phone) => text(`wamid.${phone}`, phone.slice(1), 'hello'));
  const raw = body(change(line.phoneNumberId, { messages }));
  await business.inbox.store(raw, digestOf(raw));
  await until(async () => (await rowsOf(services, line.tenantId, 'select from message')).length === CUSTOMERS.length);
  await business.worker.close();
});
afterAll(async () => {
  for (const { child, ended } of children) {
    child.kill('SIGKILL');
    await ended;
  }
  await business.close();
  await meta.close();
  await services.database.close();
  await database.drop();
});

describe('scheduled messages and two processes whose clocks are five minutes fast and slow', () => {
  it('go out once each, not before their time by the clock of the database and at most two seconds after it', async () => {
    const messages: string[] = [];
    for (const phone of CUSTOMERS) messages.push((await queueTexts(services, line, phone, [phone]))[0]?.messageId as string);
    await tenantsQuery(services.database.worker, [line.tenantId], async (query) => {
      await query(`update message set status = 'SCHEDULED' where id = any($1::uuid[])`, [messages]);
      await query(
        `insert into attention (tenant_id, message_id, kind) select $1, id, 'SCHEDULED' from unnest($2::uuid[]) as id`,
        [line.tenantId, messages],
      );
      await query(`update send_queue set waiting = 'SCHEDULED', run_at = cube_now() + interval '1 hour'`);
    });
    for (const skew of [FIVE_MINUTES, -FIVE_MINUTES])
      children.push(await startChild('worker-process', database.address, meta.url, { TEST_SKEW_MS: String(skew) }));
    // Told apart by time: each is due a quarter of a second after the one before.
    const { rows: due } = await services.database.worker.query<{ message_id: string; at: Date }>(
      `update send_queue q set run_at = cube_now() + make_interval(secs => 1 + u.n * 0.25)
       from unnest($1::uuid[]) with ordinality as u(id, n) where q.message_id = u.id returning q.message_id, q.run_at as at`,
      [messages],
    );
    await until(() => meta.control.accepted.length >= CUSTOMERS.length, 15_000);
    await until(async () => (await rowsOf(services, line.tenantId, 'select from send_queue')).length === 0);
    const times = new Map(meta.control.accepted.map(({ opaque, at }) => [opaque, at]));
    expect([...times.keys()].sort()).toEqual([...messages].sort());
    expect(meta.control.accepted).toHaveLength(CUSTOMERS.length);
    const late = due.map(({ message_id, at }) => (times.get(message_id) as number) - at.getTime());
    expect(late.filter((ms) => ms < 0 || ms > 2_000)).toEqual([]);
  }, 40_000);
});
