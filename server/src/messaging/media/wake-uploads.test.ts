import { afterAll, beforeAll, expect, it } from 'vitest';
import { executeOn } from '../../../test/harness/execute-on.ts';
import { createLine, openServices, rowsOf, type TestLine } from '../../../test/harness/messaging.ts';
import { createDatabase, type TestDatabase } from '../../../test/harness/postgres.ts';
import { startReader } from '../../../test/harness/reader.ts';
import { textBody } from '../../../test/harness/envelopes.ts';
import type { Services } from '../../platform/context.ts';
import { FORGOTTEN, wakeUploads } from './wake-uploads.ts';

let database: TestDatabase;
let services: Services;
let line: TestLine;
beforeAll(async () => {
  database = await createDatabase();
  services = await openServices(database.address);
  line = await createLine(services);
  const reader = startReader(services);
  await reader.post(textBody(line.phoneNumberId, 'wamid.1', '4915550001', 'hello'));
  await reader.end();
  // Twenty thousand wait to be sent, three of them for their files.
  const [contact] = await rowsOf<{ id: string }>(services, line.tenantId, 'select id from contact');
  await executeOn(
    database.address,
    `insert into send_queue (tenant_id, message_id, number_id, contact_id, attempt, waiting, run_at)
     select '${line.tenantId}', gen_random_uuid(), '${line.numberId}', '${contact?.id}', 1, case when n <= 3 then 'MEDIA' end, now() - interval '1 minute'
     from generate_series(1, 20000) n;
     analyze send_queue`,
  );
});
afterAll(async () => {
  await services.database.close();
  await database.drop();
});

it('those that wait for their files are found by an index of their own, however many wait to be sent', async () => {
  const { rows } = await services.database.worker.query<{ 'QUERY PLAN': string }>(`explain ${FORGOTTEN}`);
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(plan).toContain('send_queue_blocking');
  expect(plan).not.toContain('Seq Scan on send_queue');
  await wakeUploads(services);
  const jobs = await services.database.jobs.query('select from graphile_worker._private_jobs');
  expect(jobs.rows).toHaveLength(3);
});
