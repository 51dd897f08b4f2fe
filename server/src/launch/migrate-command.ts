import { parse } from '../platform/database-address.ts';
import { APP_ROLE, migrate, WORKER_ROLE } from '../platform/migrate.ts';

/** What a database administrator runs beforehand where the owner's login may not create roles. */
const ROLES = [APP_ROLE, WORKER_ROLE]
  .map(
    (role) =>
      `create role ${role} nologin nosuperuser nobypassrls nocreaterole nocreatedb noinherit;\ngrant ${role} to <owner>;\n`,
  )
  .join('');

/** `pnpm migrate`: brings the database of DATABASE_URL up to date. `--print-roles` prints the roles' SQL instead. */
async function run(args: string[], address: string | undefined): Promise<string> {
  if (args.includes('--print-roles')) return ROLES;
  if (!address) throw new Error('DATABASE_URL says which database to migrate. The embedded one is migrated by every start.');
  await migrate(parse(address));
  return 'The database is up to date.\n';
}

if (import.meta.main) {
  try {
    process.stdout.write(await run(process.argv.slice(2), process.env.DATABASE_URL));
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
