import { fileURLToPath } from 'node:url';
import { Migrator } from '@mikro-orm/migrations';
import { MikroORM, type EntityManager } from '@mikro-orm/postgresql';
import { Logger, runMigrations } from 'graphile-worker';
import pg from 'pg';
import { type DatabaseAddress, toPgOptions } from './database-address.ts';
import { toOrmOptions } from './orm-options.ts';

const MIGRATIONS = fileURLToPath(new URL('../../../migrations', import.meta.url));
const silent = new Logger(() => () => undefined);

export const APP_ROLE = 'cube_app';
export const WORKER_ROLE = 'cube_worker';

/**
 * Brings a database up to date: makes the two working roles if they are missing, then runs what `migrations/` holds.
 * Needs the database's owner, with CREATEROLE unless the roles were made beforehand. Safe to run by several processes at once.
 */
export async function migrate(address: DatabaseAddress): Promise<void> {
  const orm = await MikroORM.init({
    ...toOrmOptions(address),
    entities: [],
    discovery: { warnWhenNoEntities: false },
    extensions: [Migrator],
    migrations: { path: MIGRATIONS, pathTs: MIGRATIONS, glob: '*_*.ts', snapshot: false, silent: true, tableName: 'migration' },
    pool: { min: 1, max: 2 },
  });
  try {
    await orm.em.fork().transactional(async (em) => {
      await em.execute(`select pg_advisory_xact_lock(hashtext('cube migrate'))`);
      await makeRoles(em);
    });
    await migrateJobs(address);
    await orm.migrator.up();
  } finally {
    await orm.close(true);
  }
}

/** The job queue's own tables, in a schema of their own; ours grant the worker its rights on them. */
async function migrateJobs(address: DatabaseAddress): Promise<void> {
  const pool = new pg.Pool({ ...toPgOptions(address), max: 1 });
  for (const event of ['error', 'connect'] as const) pool.on(event, () => undefined);
  try {
    await runMigrations({ pgPool: pool, logger: silent });
  } finally {
    await pool.end();
  }
}

/** Working roles can neither bypass row-level security nor become anyone else; the owner is made a member so that it may act as them. */
async function makeRoles(em: EntityManager): Promise<void> {
  for (const role of [APP_ROLE, WORKER_ROLE]) {
    const [found] = await em.execute<{ member: boolean }[]>(
      `select pg_has_role(current_user, rolname, 'member') as member from pg_roles where rolname = ?`,
      [role],
    );
    if (!found) await em.execute(`create role ${role} nologin nosuperuser nobypassrls nocreaterole nocreatedb noinherit`);
    if (!found?.member) await em.execute(`grant ${role} to current_user`);
  }
  await em.execute(`grant usage on schema public to ${APP_ROLE}, ${WORKER_ROLE}`);
}
