import { performance } from 'node:perf_hooks';
import type { Query } from '../platform/query.ts';

/** Asked again at least this often, so that nobody's clock has to be trusted for long. */
const TRUSTED_MS = 60_000;

/** Today in UTC by the database's clock, asked for at midnight and once a minute. */
export class CurrentDay {
  #day = '';
  #until = -Infinity;

  /** `YYYY-MM-DD`. */
  async read(query: Query): Promise<string> {
    if (performance.now() < this.#until) return this.#day;
    const [row] = await query<{ day: string; ms_left: number }>(
      `select to_char(t, 'YYYY-MM-DD') as day, extract(epoch from date_trunc('day', t) + interval '1 day' - t)::float8 * 1000 as ms_left
       from (select cube_now() at time zone 'utc' as t) today`,
    );
    if (!row) throw new Error('The database did not say which day it is.');
    this.#day = row.day;
    this.#until = performance.now() + Math.min(row.ms_left, TRUSTED_MS);
    return row.day;
  }
}
