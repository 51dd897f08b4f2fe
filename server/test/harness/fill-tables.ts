import type { Connection } from './connect.ts';

/** PostgreSQL's code for a reference that leads nowhere. */
const NO_SUCH_ROW = '23503';

interface Column {
  table: string;
  name: string;
  type: string;
  check: string | null;
}

const COLUMNS = `
  select c.relname as table, a.attname as name, format_type(a.atttypid, null) as type,
    (select pg_get_constraintdef(k.oid) from pg_constraint k where k.conrelid = c.oid and k.contype = 'c' and a.attnum = any(k.conkey)) as check
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> 'migration'
  order by c.relname, a.attnum`;

/**
 * Puts one row of a tenant into every table there is, every column filled. Every id in it is the tenant's own id, so that all of its
 * references hold. A new table or column is filled without anyone adding it; a type this does not know is an error.
 */
export async function fillTables(owner: Connection, tenantId: string): Promise<void> {
  const columns = await owner.rows<Column & Record<string, unknown>>(COLUMNS);
  const forced = await owner.rows<{ name: string }>(
    `select relname as name from pg_class where relforcerowsecurity and relnamespace = 'public'::regnamespace`,
  );
  await owner.rows('begin');
  // The owner itself is shut out of these tables: for the length of this transaction it is not.
  for (const { name } of forced) await owner.rows(`alter table "${name}" no force row level security`);
  let waiting = [...Map.groupBy(columns, (column) => column.table)];
  while (waiting.length) {
    const refused: typeof waiting = [];
    for (const entry of waiting) if (!(await fill(owner, entry, tenantId))) refused.push(entry);
    if (refused.length === waiting.length)
      throw new Error(`These tables cannot be filled: ${refused.map(([table]) => table).join(', ')}`);
    waiting = refused;
  }
  await owner.rows('set constraints all immediate');
  for (const { name } of forced) await owner.rows(`alter table "${name}" force row level security`);
  await owner.rows('commit');
}

/** Gives false when a row that this one refers to is not there yet. */
async function fill(owner: Connection, [table, columns]: [string, Column[]], tenantId: string): Promise<boolean> {
  const names = columns.map((column) => `"${column.name}"`).join(', ');
  const places = columns.map((column, index) => `$${index + 1}::${column.type}`).join(', ');
  await owner.rows('savepoint row');
  try {
    await owner.rows(
      `insert into "${table}" (${names}) values (${places})`,
      columns.map((column) => valueFor(column, tenantId)),
    );
    return true;
  } catch (error) {
    if ((error as { code?: string }).code !== NO_SUCH_ROW) throw error;
    await owner.rows('rollback to savepoint row');
    return false;
  }
}

function valueFor({ table, name, type, check }: Column, tenantId: string): unknown {
  const allowed = /'([A-Z_]+)'::text/.exec(check ?? '')?.[1];
  if (allowed) return allowed;
  if (type === 'uuid') return tenantId;
  if (type === 'text') return `of ${tenantId}`;
  if (type === 'text[]') return ['inbox:read'];
  if (type === 'uuid[]') return [tenantId];
  if (type === 'timestamp with time zone[]') return [new Date()];
  if (type === 'jsonb') return JSON.stringify({ of: tenantId });
  if (type === 'bytea') return Buffer.from(`of ${tenantId}`);
  if (type === 'boolean') return true;
  if (type === 'bigint' || type === 'integer' || type === 'smallint') return 1;
  if (type === 'date' || type.startsWith('timestamp')) return new Date();
  throw new Error(`${table}.${name} is of type ${type}: say here how to fill it.`);
}
