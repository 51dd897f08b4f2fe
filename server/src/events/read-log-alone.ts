import type { QueryConfig } from 'pg';
import type { Pool } from '../platform/database.ts';
import { isId } from '../platform/ids.ts';
import type { LogPosition } from './cursor.ts';
import { type EventRow, type LogEvent, type LogHead, toEvent } from './read-log.ts';

/** A database that says nothing for so long, in ms, is away: the connection is given up. */
const LONGEST = 5000;

/**
 * Reads of the log outside any operation. The tenant and the read go as one message, which PostgreSQL runs as one transaction: one round
 * trip instead of four. Such messages take no parameters, so nothing but checked ids and numbers is written into them.
 */
async function readAlone<Row>(pool: Pool, tenantId: string, select: string): Promise<Row[]> {
  if (!isId(tenantId)) throw new TypeError('not an id');
  const text = `select set_config('app.tenant_id', '${tenantId}', true); ${select}`;
  const results = (await pool.query({ text, query_timeout: LONGEST } as QueryConfig)) as unknown as { rows: Row[] }[];
  return results[1]?.rows ?? [];
}

/** Where the tenant's log stands now. */
export async function readHeadAlone(pool: Pool, tenantId: string): Promise<LogHead> {
  const [row] = await readAlone<{ epoch: Buffer; seq: string; oldest: string }>(
    pool,
    tenantId,
    'select epoch, seq, oldest from event_counter',
  );
  if (!row) throw new Error('A tenant without a log.');
  return { epoch: row.epoch, seq: Number(row.seq), oldest: Number(row.oldest) };
}

/** The last numbers given in the logs of many tenants. */
export async function readHeadsAlone(pool: Pool, tenantIds: readonly string[]): Promise<Map<string, number>> {
  const heads = {
    name: 'event_heads',
    text: 'select tenant_id, seq from event_heads($1::uuid[])',
    values: [tenantIds],
    query_timeout: LONGEST,
  };
  const { rows } = await pool.query<{ tenant_id: string; seq: string }>(heads);
  return new Map(rows.map((row) => [row.tenant_id, Number(row.seq)]));
}

/** Events after a place, oldest first. */
export async function readPageAlone(pool: Pool, tenantId: string, after: LogPosition, limit: number): Promise<LogEvent[]> {
  const rows = await readAlone<EventRow>(
    pool,
    tenantId,
    `select seq, at, kind, subject_id, conversation_id, status from event
     where tenant_id = '${tenantId}' and seq > ${Math.trunc(after.seq)} order by seq limit ${Math.trunc(limit)}`,
  );
  return rows.map((row) => toEvent(tenantId, after.epoch, row));
}
