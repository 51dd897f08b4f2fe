import type { Query } from '../platform/query.ts';
import type { Report } from './record-progress.ts';
import type { ReportableStatus } from './status-ladder.ts';
import { wamidName } from './wamid.ts';
import type { Window } from './window.ts';

/** Statuses of these tenants name messages that are not known yet: the transaction has to begin anew, holding their parking locks. */
export class ParkingNeeded extends Error {
  constructor(readonly tenantIds: ReadonlySet<string>) {
    super('Statuses of unknown messages.');
  }
}

export interface ParkedStatus {
  tenantId: string;
  wamidIndex: Buffer;
  report: Report;
}

/**
 * Keeps two things apart: finding no message for a status and parking it, and storing WhatsApp's id of a message and taking what is parked
 * for it. Done at the same time, each would miss the other. Must be a transaction's first lock. Whoever parks takes it alone.
 */
export async function lockParking(query: Query, tenantIds: Iterable<string>, mode: 'alone' | 'shared'): Promise<void> {
  const lock = mode === 'alone' ? 'pg_advisory_xact_lock' : 'pg_advisory_xact_lock_shared';
  // Always in the same order, so that nobody waits in a circle.
  const sorted = [...tenantIds].sort();
  if (sorted.length)
    await query(`select ${lock}(hashtextextended('parked_status ' || id, 0)) from unnest($1::text[]) as id`, [sorted]);
}

/** Keeps statuses until their message is known. Needs the tenants' parking locks, alone. */
export async function park({ query }: Window, statuses: readonly ParkedStatus[]): Promise<void> {
  const first = new Map<string, ParkedStatus>();
  for (const status of statuses) {
    const name = wamidName(status.tenantId, status.wamidIndex) + status.report.status;
    const other = first.get(name);
    if (!other || status.report.at < other.report.at) first.set(name, status);
  }
  const rows = [...first.values()];
  await query(
    `insert into parked_status as p (tenant_id, wamid_index, status, at, code, category, price_type, is_billable)
     select tenant_id, wamid_index, status, to_timestamp(at / 1000), code, category, price_type, is_billable
     from unnest($1::uuid[], $2::bytea[], $3::text[], $4::float8[], $5::int[], $6::text[], $7::text[], $8::boolean[])
       as u(tenant_id, wamid_index, status, at, code, category, price_type, is_billable)
     on conflict (tenant_id, wamid_index, status) do update set at = excluded.at where excluded.at < p.at`,
    [
      rows.map((row) => row.tenantId),
      rows.map((row) => row.wamidIndex),
      rows.map((row) => row.report.status),
      rows.map((row) => row.report.at),
      rows.map((row) => row.report.code ?? null),
      rows.map((row) => row.report.pricing?.category ?? null),
      rows.map((row) => row.report.pricing?.type ?? null),
      rows.map((row) => row.report.pricing?.billable ?? null),
    ],
  );
}

interface TakenRow {
  tenant_id: string;
  wamid_index: Buffer;
  status: ReportableStatus;
  at: Date;
  code: number | null;
  category: string | null;
  price_type: string | null;
  is_billable: boolean | null;
}

/** Takes out what is parked for these messages, by the messages' names. Needs the tenants' parking locks. */
export async function takeParked(
  { query }: Window,
  wamids: readonly { tenantId: string; index: Buffer }[],
): Promise<Map<string, Report[]>> {
  const rows = await query<TakenRow>(
    `delete from parked_status p using unnest($1::uuid[], $2::bytea[]) as known(tenant_id, wamid_index)
     where p.tenant_id = known.tenant_id and p.wamid_index = known.wamid_index
     returning p.tenant_id, p.wamid_index, p.status, p.at, p.code, p.category, p.price_type, p.is_billable`,
    [wamids.map(({ tenantId }) => tenantId), wamids.map(({ index }) => index)],
  );
  const taken = new Map<string, Report[]>();
  for (const { tenant_id, wamid_index, status, at, code, category, price_type, is_billable } of rows) {
    const name = wamidName(tenant_id, wamid_index);
    const report: Report = { status, at: at.getTime(), code };
    if (category !== null) report.pricing = { category, type: price_type ?? undefined, billable: is_billable ?? undefined };
    taken.set(name, [...(taken.get(name) ?? []), report]);
  }
  return taken;
}
