import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Simulator } from '../../simulator/simulator.ts';
import type { Services } from '../../src/platform/context.ts';
import { type Business, startBusiness, startMeta } from '../harness/business.ts';
import { startChild } from '../harness/child.ts';
import { createLine, openServices, rowsOf, type TestLine } from '../harness/messaging.ts';
import { createDatabase, type TestDatabase } from '../harness/postgres.ts';
import { until } from '../harness/until.ts';

/** Enough that some go through either lane. */
const FILES = 8;

let database: TestDatabase;
let services: Services;
let line: TestLine;
let meta: Simulator;
let business: Business;

beforeAll(async () => {
  database = await createDatabase();
  services = await openServices(database.address);
  line = await createLine(services);
  meta = await startMeta([line]);
  business = await startBusiness(services, meta);
});
afterAll(async () => {
  await business.close();
  await meta.close();
  await services.database.close();
  await database.drop();
});

const filesOf = async (status: string) =>
  (await rowsOf(services, line.tenantId, 'select from media where status = $1', [status])).length;
const locked = async (table: string) =>
  (await services.database.jobs.query(`select from graphile_worker.${table} where locked_at is not null`)).rows.length;

it('a worker that is killed in the middle of downloads holds up none of its tenant’s files for longer than ten minutes', async () => {
  // From here on webhooks are only stored: another process reads them, and is killed.
  await business.worker.close();
  meta.control.fault({ kind: 'hang' }, { percent: 100, on: 'download' });
  for (let n = 0; n < FILES; n++) {
    const phone = `+4915553${String(n).padStart(4, '0')}`;
    meta.control.write({ phoneNumberId: line.phoneNumberId, phone, name: `Customer ${n}`, media: { sample: 'png' } });
  }
  const doomed = await startChild('worker-process', database.address, meta.url);
  await until(async () => (await filesOf('FETCHING')) === FILES && (await locked('_private_jobs')) === 2, 20_000);
  expect(await locked('_private_job_queues')).toBe(2);
  doomed.child.kill('SIGKILL');
  await doomed.ended;
  meta.control.clearFaults();
  // Eleven minutes pass.
  for (const table of ['_private_jobs', '_private_job_queues'])
    await services.database.jobs.query(`update graphile_worker.${table} set locked_at = locked_at - interval '11 minutes'`);
  await business.close();
  business = await startBusiness(services, meta);
  await until(async () => (await filesOf('STORED')) === FILES, 20_000);
}, 60_000);
