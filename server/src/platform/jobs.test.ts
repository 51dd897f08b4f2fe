import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../test/harness/app.ts';
import { until } from '../../test/harness/until.ts';
import { newId } from './ids.ts';
import { dropIdleLanes, enqueueJob, enqueueJobs, type Job, type JobRunner, startJobs } from './jobs.ts';
import { tenantQuery, tenantsQuery } from './tenant-query.ts';

let app: TestApp;
let runner: JobRunner;
const done: Job[] = [];
beforeAll(async () => {
  app = await startTestApp({ role: 'api' });
  const { services } = app;
  runner = await startJobs(services.database.jobs, { note: async (job) => void done.push(job), fail }, services.log);
});
afterAll(async () => {
  await runner.stop();
  await app.close();
});

let failures = 0;
async function fail(): Promise<void> {
  failures++;
  throw new TypeError('with something private in it');
}

const idsOf = (tenantId: string) => done.filter((job) => job.tenantId === tenantId).map((job) => job.id);

test('a job of a command runs once it is committed, for its own tenant, and not when it is rolled back', async () => {
  const [{ id: tenantId }] = app.tenants;
  const [kept, lost] = [newId(), newId()];
  await tenantQuery(app.services.database.app, tenantId, (query) => enqueueJob(query, 'note', kept));
  await tenantQuery(app.services.database.app, tenantId, async (query) => {
    await enqueueJob(query, 'note', lost);
    throw new Error('no');
  }).catch(() => undefined);
  await until(() => idsOf(tenantId).includes(kept));
  expect(done).toEqual([{ tenantId, id: kept, attempt: 1, isLast: false }]);
});

test("a worker's batch enqueues for its own tenants only, and once for the same row", async () => {
  const [{ id: ours }, { id: theirs }] = app.tenants;
  const id = newId();
  const rows = [
    { tenantId: ours, id },
    { tenantId: theirs, id: newId() },
    { tenantId: ours, id },
  ];
  await tenantsQuery(app.services.database.worker, [ours], (query) => enqueueJobs(query, 'note', rows));
  await until(() => idsOf(ours).includes(id));
  expect(idsOf(theirs)).toEqual([]);
  expect(idsOf(ours).filter((each) => each === id)).toHaveLength(1);
});

test('what a job that fails leaves behind is the name of its fault alone', async () => {
  const [{ id: tenantId }] = app.tenants;
  await tenantQuery(app.services.database.app, tenantId, (query) => enqueueJob(query, 'fail', newId()));
  const left = async () =>
    (
      await app.services.database.jobs.query<{ last_error: string | null }>(
        'select last_error from graphile_worker._private_jobs',
      )
    ).rows;
  await until(async () => (await left()).some((row) => row.last_error !== null));
  expect(failures).toBe(1);
  const text = JSON.stringify(await left());
  expect(text).toContain('TypeError');
  expect(text).not.toContain('private');
});

test('lanes that no job goes through are dropped, and no job loses its own', async () => {
  const [{ id: tenantId }] = app.tenants;
  const { app: pool, jobs } = app.services.database;
  const runAt = new Date(Date.now() + 3_600_000);
  const lanes = async () =>
    (await jobs.query<{ queue_name: string }>('select queue_name from graphile_worker._private_job_queues')).rows.map(
      (row) => row.queue_name,
    );
  const kept = newId();
  await tenantQuery(pool, tenantId, (query) => enqueueJob(query, 'fetch_media', kept, { runAt }));
  await jobs.query(`insert into graphile_worker._private_job_queues (queue_name) values ('fetch_media idle 0')`);
  expect(await lanes()).toHaveLength(2);
  // One that is being enqueued and not yet committed has its lane, too.
  const dropped = tenantQuery(pool, tenantId, async (query) => {
    await enqueueJob(query, 'upload_media', newId(), { runAt });
    const dropping = dropIdleLanes(jobs);
    await new Promise((resolve) => setTimeout(resolve, 300));
    return { dropping };
  }).then(({ dropping }) => dropping);
  expect(await dropped).toBe(1);
  const { rows } = await jobs.query(
    'select from graphile_worker._private_jobs j join graphile_worker._private_job_queues q on q.id = j.job_queue_id',
  );
  expect([rows.length, (await lanes()).length]).toEqual([2, 2]);
});
