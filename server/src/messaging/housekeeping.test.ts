import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLine, openServices, rowsOf, type TestLine } from '../../test/harness/messaging.ts';
import { createDatabase, type TestDatabase } from '../../test/harness/postgres.ts';
import type { Services } from '../platform/context.ts';
import { tenantsQuery } from '../platform/tenant-query.ts';
import { keepHouse } from './housekeeping.ts';

let database: TestDatabase;
let services: Services;

beforeAll(async () => {
  database = await createDatabase();
  services = await openServices(database.address);
});
afterAll(async () => {
  await services.database.close();
  await database.drop();
});

function change(line: TestLine, sql: string): Promise<unknown> {
  return tenantsQuery(services.database.worker, [line.tenantId], (query) => query(sql));
}

describe('housekeeping', () => {
  it('deletes what is kept for a time only, and nothing younger', async () => {
    const lines = [await createLine(services), await createLine(services)];
    for (const { tenantId } of lines) {
      await change(
        { tenantId } as TestLine,
        `
        insert into parked_status (tenant_id, wamid_index, status, at, received_at)
        select '${tenantId}', decode(lpad(n::text, 2, '0'), 'hex'), 'SENT', now(), now() - make_interval(days => n) from generate_series(5, 9) n`,
      );
      await change(
        { tenantId } as TestLine,
        `
        insert into idempotency (tenant_id, principal_id, key, fingerprint, result_id, created_at)
        select '${tenantId}', gen_random_uuid(), n::text, '\\x00', gen_random_uuid(), now() - make_interval(hours => n) from generate_series(22, 26) n`,
      );
    }
    expect(await keepHouse(services)).toMatchObject({ parkedStatuses: 6, idempotencyKeys: 6 });
    expect(await keepHouse(services)).toMatchObject({ parkedStatuses: 0, idempotencyKeys: 0, events: 0 });
  });

  it('forgets who was written to first after a day, and what was in quarantine after a month', async () => {
    const line = await createLine(services);
    await change(
      line,
      `with person as (insert into contact (tenant_id, id, key_id) select '${line.tenantId}', gen_random_uuid(), gen_random_uuid() from generate_series(1, 4) returning id)
       insert into outreach (tenant_id, portfolio, contact_id, last_at)
       select '${line.tenantId}', 'P', id, now() - make_interval(hours => 20 + 3 * row_number() over ()::int) from person`,
    );
    await change(
      line,
      `insert into quarantine (tenant_id, id, received_on, webhook_id, reason, received_at)
       select '${line.tenantId}', gen_random_uuid(), current_date, gen_random_uuid(), 'not JSON', now() - make_interval(days => n) from generate_series(28, 32) n`,
    );
    await keepHouse(services);
    const left = async (table: string) =>
      (await rowsOf(services, line.tenantId, `select from ${table} where tenant_id = $1`, [line.tenantId])).length;
    expect([await left('outreach'), await left('quarantine')]).toEqual([1, 2]);
  });

  it('deletes events of more than a week ago below a rising mark, and always keeps the newest', async () => {
    const line = await createLine(services);
    const add = (from: number, to: number, days: number) =>
      change(
        line,
        `insert into event (tenant_id, seq, kind, subject_id, at)
         select '${line.tenantId}', n, 'MESSAGE_CREATED', gen_random_uuid(), now() - interval '${days} days' from generate_series(${from}, ${to}) n`,
      );
    await add(1, 12_000, 8);
    await add(12_001, 12_500, 6);
    await change(line, 'update event_counter set seq = 12500');
    expect((await keepHouse(services)).events).toBe(12_000);
    const state = () =>
      rowsOf(
        services,
        line.tenantId,
        `select oldest, seq, (select count(*) from event e where e.tenant_id = c.tenant_id) as kept,
           (select min(seq) from event e where e.tenant_id = c.tenant_id) as first from event_counter c`,
      );
    expect(await state()).toEqual([{ oldest: '12001', seq: '12500', kept: '500', first: '12001' }]);
    await change(line, `update event set at = now() - interval '9 days'`);
    expect((await keepHouse(services)).events).toBe(499);
    expect(await state()).toEqual([{ oldest: '12500', seq: '12500', kept: '1', first: '12500' }]);
  });
});
