/** Runs one statement inside somebody's transaction and gives its rows. Parameters are `$1`, `$2`, …, as PostgreSQL writes them. */
export type Query = <Row extends object>(sql: string, values?: unknown[]) => Promise<Row[]>;

interface RawConnection {
  query(config: { text: string; values?: unknown[]; name?: string }): Promise<{ rows: unknown[] }>;
}

/** `Query` over a plain connection. */
export function queryOn(connection: RawConnection): Query {
  return async <Row extends object>(text: string, values: unknown[] = []) =>
    (await connection.query({ text, values })).rows as Row[];
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
