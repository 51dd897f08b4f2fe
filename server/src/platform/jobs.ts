import type { Runner, Task as TaskHandler } from 'graphile-worker';
import type { Pool } from './database.ts';
import type { Log } from './log.ts';
import type { Query } from './query.ts';

/** What a job is about: one row of one tenant. Jobs carry nothing else, so that erasing a person never has to look into the queue. */
export interface Job {
  tenantId: string;
  id: string;
  /** From 1. */
  attempt: number;
  /** Whether a failure now is the last one. */
  isLast: boolean;
}

/** Does one job, in less than ten minutes. A throw brings it back later, each time after a longer pause (e^attempt seconds, six hours at most), until its attempts are used up. */
export type Task = (job: Job) => Promise<void>;

export interface JobOptions {
  /** Not before. */
  runAt?: Date;
  /** Default 25: some four days. */
  attempts?: number;
}

/** Jobs at the same time in one process. Of the files of one tenant two are under way at a time, so that they stand in nobody's way. */
const CONCURRENCY = 8;
const MOST_ATTEMPTS = 25;
const LOOK_FOR_LOST_MS = 60_000;

// No job takes this long: whoever had it has died, and it would stay locked for four hours. So would its lane, and with it every other job there:
// the runner takes no job of a lane that is locked.
const FREE_LOST = `
  with lanes as (
    update graphile_worker._private_job_queues set locked_at = null, locked_by = null where locked_at < now() - interval '10 minutes'
  )
  update graphile_worker._private_jobs set locked_at = null, locked_by = null where locked_at < now() - interval '10 minutes' returning id`;

/** Enqueues a job of the transaction's tenant; it runs once the transaction is committed. One that waits for the same row is replaced. */
export async function enqueueJob(query: Query, task: string, id: string, { runAt, attempts }: JobOptions = {}): Promise<void> {
  await query('select enqueue_job($1, $2::uuid, $3::timestamptz, $4::int)', [task, id, runAt ?? null, attempts ?? MOST_ATTEMPTS]);
}

/** The worker's form: jobs of any of its batch's tenants, in one statement. */
export async function enqueueJobs(
  query: Query,
  task: string,
  rows: readonly { tenantId: string; id: string }[],
  { runAt, attempts = MOST_ATTEMPTS }: JobOptions = {},
): Promise<void> {
  if (!rows.length) return;
  await query('select enqueue_jobs($1, $2::uuid[], $3::uuid[], $4::timestamptz, $5::int)', [
    task,
    rows.map((row) => row.tenantId),
    rows.map((row) => row.id),
    runAt ?? null,
    attempts,
  ]);
}

export interface JobRunner {
  /** Takes no more jobs and lets those under way end. */
  stop(): Promise<void>;
}

/** Runs jobs of these kinds as they come; other kinds are left to other processes. `pool` works as the worker's role. */
export async function startJobs(pool: Pool, tasks: Record<string, Task>, log: Log): Promise<JobRunner> {
  // Only processes that work need it: it brings a parser of command lines and configuration files along.
  const { run, Logger } = await import('graphile-worker');
  const runner: Runner = await run({
    pgPool: pool,
    concurrency: CONCURRENCY,
    pollInterval: 2_000,
    noHandleSignals: true,
    logger: new Logger(() => () => undefined),
    taskList: Object.fromEntries(Object.entries(tasks).map(([name, task]) => [name, asHandler(name, task, log)])),
  });
  void freeLost(pool, log);
  const timer = setInterval(() => void freeLost(pool, log), LOOK_FOR_LOST_MS);
  return {
    stop: async () => {
      clearInterval(timer);
      await runner.stop().catch(() => undefined);
    },
  };
}

function asHandler(name: string, task: Task, log: Log): TaskHandler {
  return async (payload, { job }) => {
    const { tenantId, id } = payload as { tenantId: string; id: string };
    const fault = await faultOf(task({ tenantId, id, attempt: job.attempts, isLast: job.attempts >= job.max_attempts }));
    if (!fault) return;
    log.warn({ err: fault, job: name, subject: id, attempt: job.attempts }, 'A job failed; it is tried again.');
    // What is thrown from here is stored beside the job: a name, and no word of what it was about.
    throw new Error(fault.name);
  };
}

/** Gives up the locks of processes that died: those of their jobs and of the lanes that these went through. */
export async function freeLost(pool: Pool, log: Log): Promise<void> {
  try {
    const { rows } = await pool.query(FREE_LOST);
    if (rows.length) log.warn({ count: rows.length }, 'Jobs of a process that died are done again.');
  } catch (error) {
    log.warn({ err: error }, 'Jobs of processes that died could not be looked for.');
  }
}

// The lock keeps out whoever enqueues meanwhile: a job in a lane that is gone would never run.
const DROP_LANES = `
  delete from graphile_worker._private_job_queues where locked_at is null and id not in (
    select job_queue_id from graphile_worker._private_jobs where job_queue_id is not null
  )`;

/** Drops the lanes that no job goes through: taking a job costs the more the more there are. Gives how many; throws when others are in the way for a second. */
export async function dropIdleLanes(pool: Pool): Promise<number> {
  const connection = await pool.connect();
  try {
    await connection.query('begin');
    await connection.query(`set local lock_timeout = '1s'`);
    await connection.query('lock table graphile_worker._private_job_queues in share row exclusive mode');
    const { rowCount } = await connection.query(DROP_LANES);
    await connection.query('commit');
    return rowCount ?? 0;
  } catch (error) {
    await connection.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    connection.release();
  }
}

function faultOf(task: Promise<void>): Promise<Error | null> {
  return task.then(
    () => null,
    (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
  );
}
