import { binaryArray } from './binary-array.ts';

/**
 * Runs one statement inside somebody's transaction and gives its rows. Parameters are `$1`, `$2`, …, as PostgreSQL writes them. Plans are kept
 * where the connection allows it; `anew` plans each time, for tables that may be empty now and full in a second.
 */
export type Query = <Row extends object>(sql: string, values?: unknown[], plan?: 'kept' | 'anew') => Promise<Row[]>;

interface RawConnection {
  query(config: { text: string; values?: unknown[]; name?: string }): Promise<{ rows: unknown[] }>;
}

interface Known {
  /** The name under which connections keep it. */
  name: string;
  /** The types of its lists, by the parameter's place: what the text says by `$1::uuid[]`. */
  lists: (string | undefined)[];
}

/** Statements by text: the program has a few hundred, and each is parsed and planned once per connection. */
const known = new Map<string, Known>();
const MOST_KNOWN = 1000;
let carried = 0;
let planning = 0;

/** `Query` over a plain connection. Takes one command at a time, whose text holds no values: it is prepared under a name. */
export function queryOn(connection: RawConnection): Query {
  return async <Row extends object>(text: string, values: unknown[] = [], plan = 'kept') => {
    countRows(values);
    const statement = known.get(text) ?? remember(text);
    const name = statement && plan === 'kept' ? `${statement.name}_${planning}` : undefined;
    const sent = statement?.lists.length ? withBinaryLists(statement.lists, values) : values;
    return (await connection.query({ name, text, values: sent })).rows as Row[];
  };
}

/**
 * A plan for a table of ten rows is a bad one for ten thousand, and PostgreSQL keeps it until its statistics catch up. So everything gets
 * another name, and another plan, each time twice as many rows have gone through this process.
 */
function countRows(values: readonly unknown[]): void {
  for (const value of values) {
    if (!Array.isArray(value)) continue;
    carried += value.length;
    break;
  }
  while (carried > 64 * 2 ** planning) planning++;
}

function remember(text: string): Known | undefined {
  if (known.size >= MOST_KNOWN) return undefined;
  const lists: (string | undefined)[] = [];
  for (const [, place, type] of text.matchAll(/\$(\d+)::([a-z0-9]+)\[\]/g)) lists[Number(place) - 1] = type;
  const statement = { name: `cube${known.size}`, lists };
  known.set(text, statement);
  return statement;
}

function withBinaryLists(lists: readonly (string | undefined)[], values: readonly unknown[]): unknown[] {
  return values.map((value, index) => {
    const type = lists[index];
    return type !== undefined && Array.isArray(value) ? (binaryArray(type, value) ?? value) : value;
  });
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
