import { setTimeout as sleep } from 'node:timers/promises';
import { DataloaderType, MikroORM, type EntityManager } from '@mikro-orm/postgresql';
import { ReflectMetadataProvider } from '@mikro-orm/decorators/legacy';
import pg from 'pg';
import { type DatabaseAddress, toPgOptions } from './database-address.ts';
import { giveBackLostConnections } from './lost-connections.ts';
import { toOrmOptions } from './orm-options.ts';
import { APP_ROLE, WORKER_ROLE } from './migrate.ts';

/** What is not given back within this, in ms, goes with the process. */
const LONGEST_END = 5_000;

export type Pool = pg.Pool;
export type Connection = pg.PoolClient;

/** The product's three ways into PostgreSQL. None of them can bypass row-level security. */
export interface Database {
  /** Entities, one tenant at a time: see `asTenant`. */
  orm: MikroORM;
  /** Plain SQL as the application role. */
  app: Pool;
  /** Plain SQL as the worker role, for batches that name their tenants. */
  worker: Pool;
  /** For the job runner alone: it listens on one connection and takes jobs on others. */
  jobs: Pool;
  close(): Promise<void>;
}

/** Connects as the two working roles. Throws when either could bypass row-level security. Pool sizes are connections. */
export async function openDatabase(
  address: DatabaseAddress,
  entities: (new () => object)[],
  sizes = { orm: 8, app: 4, worker: 4, jobs: 3 },
): Promise<Database> {
  const app = poolAs(address, APP_ROLE, sizes.app, APP_LIMITS);
  const worker = poolAs(address, WORKER_ROLE, sizes.worker, WORKER_PLANS);
  const jobs = poolAs(address, WORKER_ROLE, sizes.jobs);
  await refuseBypass(app);
  await refuseBypass(worker);
  const options = toOrmOptions(address, `-c role=${APP_ROLE} ${APP_LIMITS}`);
  const orm = await MikroORM.init({
    ...options,
    // Whoever finds all connections taken is told so, not left waiting.
    driverOptions: { ...options.driverOptions, onPoolCreated: giveBackLostConnections, connectionTimeoutMillis: 5000 },
    entities,
    metadataProvider: ReflectMetadataProvider,
    metadataCache: { enabled: false },
    dataloader: DataloaderType.ALL,
    sessionContext: 'transaction',
    forceUtcTimezone: true,
    pool: { min: 1, max: sizes.orm },
  });
  return {
    orm,
    app,
    worker,
    jobs,
    close: async () => {
      // A connection that somebody has still in hand, such as the one on which the job runner listens, does not hold up the end.
      const ended = Promise.all([orm.close(true), app.end(), worker.end(), jobs.end()]);
      await Promise.race([ended, sleep(LONGEST_END, undefined, { ref: false })]);
    },
  };
}

/** An entity manager that sees one tenant's rows; each transaction of it tells PostgreSQL so. */
export function asTenant(orm: MikroORM, tenantId: string, userId?: string): EntityManager {
  const variables: Record<string, string> = { 'app.tenant_id': tenantId };
  if (userId) variables['app.user_id'] = userId;
  return orm.em.fork({ session: { variables } }) as EntityManager;
}

/** What people wait for ends: a statement after 10 s, a transaction that nobody goes on with after 30. */
const APP_LIMITS = '-c statement_timeout=10s -c idle_in_transaction_session_timeout=30s';

/** The worker's statements take arrays of any length and touch few rows of large tables. One plan for all lengths: planning costs more than running. */
const WORKER_PLANS = '-c plan_cache_mode=force_generic_plan -c random_page_cost=1.1 -c jit=off';

function poolAs(address: DatabaseAddress, role: string, max: number, settings = ''): Pool {
  const pool = new pg.Pool({
    ...toPgOptions(address),
    max,
    options: `-c role=${role} ${settings}`.trim(),
    idleTimeoutMillis: 0,
    pipeline: true,
    connectionTimeoutMillis: 2000,
  });
  // A connection that the server closes, idle or in use, must not end the process: its statements reject, and the next query opens another.
  pool.on('error', () => undefined);
  pool.on('connect', (connection) => connection.on('error', () => undefined));
  return pool;
}

async function refuseBypass(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ role: string; unsafe: boolean }>(
    'select rolname as role, (rolsuper or rolbypassrls) as unsafe from pg_roles where rolname = current_user',
  );
  const me = rows[0];
  if (!me || me.unsafe) throw new Error(`Refusing to work as the database role "${me?.role}": it can bypass row-level security.`);
}
