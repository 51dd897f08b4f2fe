/**
 * Runs one statement inside somebody's transaction and gives its rows. Parameters are `$1`, `$2`, …, as PostgreSQL writes them. Plans are kept
 * where the connection allows it; `anew` plans each time, for tables that may be empty now and full in a second.
 */
export type Query = <Row extends object>(sql: string, values?: unknown[], plan?: 'kept' | 'anew') => Promise<Row[]>;

interface RawConnection {
  query(config: { text: string; values?: unknown[]; name?: string }): Promise<{ rows: unknown[] }>;
}

/** Statements by text: the program has a few hundred, and each is parsed and planned once per connection. */
const names = new Map<string, string>();
const MOST_NAMED = 1000;
let carried = 0;
let planning = 0;

/** `Query` over a plain connection. Takes one command at a time, whose text holds no values: it is prepared under a name. */
export function queryOn(connection: RawConnection): Query {
  return async <Row extends object>(text: string, values: unknown[] = [], plan = 'kept') =>
    (await connection.query({ name: plan === 'kept' ? nameOf(text, values) : undefined, text, values })).rows as Row[];
}

/**
 * A plan for a table of ten rows is a bad one for ten thousand, and PostgreSQL keeps it until its statistics catch up. So everything gets
 * another name, and another plan, each time twice as many rows have gone through this process.
 */
function nameOf(text: string, values: readonly unknown[]): string | undefined {
  for (const value of values) {
    if (!Array.isArray(value)) continue;
    carried += value.length;
    break;
  }
  while (carried > 64 * 2 ** planning) planning++;
  const known = names.get(text);
  if (known !== undefined) return `${known}_${planning}`;
  if (names.size >= MOST_NAMED) return undefined;
  const name = `cube${names.size}`;
  names.set(text, name);
  return `${name}_${planning}`;
}

interface RawManager {
  execute(sql: string, values?: unknown[]): Promise<unknown>;
}

/** `Query` over an entity manager's own transaction. The manager spreads arrays, so they go as PostgreSQL literals. */
export function queryIn(em: RawManager): Query {
  return async <Row extends object>(text: string, values: unknown[] = []) => {
    const used: unknown[] = [];
    const sql = text.replace(/\$(\d+)/g, (_match, number: string) => {
      const value = values[Number(number) - 1];
      used.push(Array.isArray(value) ? arrayLiteral(value) : value);
      return '?';
    });
    return (await em.execute(sql, used)) as Row[];
  };
}

/** `{…}`: null stays null, bytes go as hex, all else is quoted. */
export function arrayLiteral(list: readonly unknown[]): string {
  const items = list.map((item) => {
    if (item === null || item === undefined) return 'NULL';
    if (Buffer.isBuffer(item)) return `"\\\\x${item.toString('hex')}"`;
    if (item instanceof Date) return item.toISOString();
    return `"${String(item).replace(/["\\]/g, '\\$&')}"`;
  });
  return `{${items.join(',')}}`;
}
