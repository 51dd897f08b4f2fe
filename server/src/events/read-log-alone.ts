import type { QueryConfig } from 'pg';
import type { Pool } from '../platform/database.ts';
import { idText, type TenantReader, wholeNumber } from '../platform/tenant-reader.ts';
import type { LogPosition } from './cursor.ts';
import { EVENT_COLUMNS, type EventRow, type LogEvent, type LogHead, toEvent } from './read-log.ts';

/** A database that says nothing for so long, in ms, is away. */
const LONGEST = 5000;

/** Where the tenant's log stands now; read outside any operation, as are the others here. */
export async function readHeadAlone(reader: TenantReader, tenantId: string): Promise<LogHead> {
  const select = `select epoch, seq, oldest from event_counter where tenant_id = ${idText(tenantId)}`;
  const [row] = await reader.read<{ epoch: Buffer; seq: string; oldest: string }>(tenantId, select);
  if (!row) throw new Error('A tenant without a log.');
  return { epoch: row.epoch, seq: Number(row.seq), oldest: Number(row.oldest) };
}

/** The last numbers given in the logs of many tenants. */
export async function readHeadsAlone(pool: Pool, tenantIds: readonly string[]): Promise<Map<string, number>> {
  const query: QueryConfig = {
    name: 'event_heads',
    text: 'select tenant_id, seq from event_heads($1::uuid[])',
    values: [tenantIds],
  };
  const { rows } = await pool.query<{ tenant_id: string; seq: string }>({ ...query, query_timeout: LONGEST } as QueryConfig);
  return new Map(rows.map((row) => [row.tenant_id, Number(row.seq)]));
}

/** Events after a place, oldest first. */
export async function readPageAlone(
  reader: TenantReader,
  tenantId: string,
  after: LogPosition,
  limit: number,
): Promise<LogEvent[]> {
  const rows = await reader.read<EventRow>(
    tenantId,
    `select ${EVENT_COLUMNS} from event
     where tenant_id = ${idText(tenantId)} and seq > ${wholeNumber(after.seq)} order by seq limit ${wholeNumber(limit)}`,
  );
  return rows.map((row) => toEvent(tenantId, after.epoch, row));
}
