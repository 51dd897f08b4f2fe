import type { SaidPricing } from '../whatsapp/cost-of.ts';
import { type Booking, countServiceMessages, finalCost } from './final-cost.ts';
import { actOnFailures, type FailedMessage } from './outgoing/act-on-failures.ts';
import { keepAttention, type Move } from './outgoing/keep-attention.ts';
import { climb, type ReportableStatus } from './status-ladder.ts';
import type { Window } from './window.ts';

/** A message we send, as it stood when its row was locked. */
export interface TrackedMessage {
  tenantId: string;
  id: string;
  conversationId: string;
  status: string;
  attempt: number;
  /** What is needed to book its cost: only where statuses of Meta's are recorded. */
  price?: TrackedPrice;
}

export interface TrackedPrice {
  market: string | null;
  /** In ms. */
  sentAt: number;
  isFinal: boolean;
}

/** The columns that `trackedPrice` reads, of a message `m`. */
export const PRICE_COLUMNS = 'm.price_market, (extract(epoch from m.sent_at) * 1000)::float8 as sent_ms, m.is_cost_final';

export interface PriceRow {
  price_market: string | null;
  sent_ms: number;
  is_cost_final: boolean;
}

export function trackedPrice({ price_market: market, sent_ms: sentAt, is_cost_final: isFinal }: PriceRow): TrackedPrice {
  return { market, sentAt, isFinal };
}

export interface Report {
  status: ReportableStatus;
  /** In ms: Meta's time where Meta reported it. */
  at: number;
  /** Meta's code, when it failed. */
  code?: number | null;
  pricing?: SaidPricing;
}

/** What became known about a message whose row this transaction has locked. */
export interface Progress {
  message: TrackedMessage;
  reports: readonly Report[];
  /** WhatsApp's id of it, when it was learnt just now. */
  wamid?: { sealed: Buffer; index: Buffer };
  /** Of an attempt that was accepted just now: WhatsApp looks at its template before it delivers it. */
  isAssessed?: boolean;
}

// A failure stays a fact of the attempt also when something better shows: the first code counts. A category comes with the final cost only.
const SHOW = `
  update message m set status = coalesce(known.status, m.status), failure_code = coalesce(m.failure_code, known.code),
    wamid = coalesce(known.wamid, m.wamid), wamid_index = coalesce(known.wamid_index, m.wamid_index),
    category = coalesce(known.category, m.category), price_type = coalesce(known.price_type, m.price_type),
    cost_micros = case when known.category is null then m.cost_micros else known.micros end,
    cost_currency = case when known.category is null then m.cost_currency else known.currency end,
    is_cost_final = m.is_cost_final or known.category is not null, is_assessed = coalesce(known.is_assessed, m.is_assessed)
  from unnest($1::uuid[], $2::uuid[], $3::text[], $4::int[], $5::bytea[], $6::bytea[], $7::text[], $8::text[], $9::float8[], $10::text[], $11::bool[])
    as known(tenant_id, id, status, code, wamid, wamid_index, category, price_type, micros, currency, is_assessed)
  where m.tenant_id = known.tenant_id and m.id = known.id`;

// Repetitions leave the earliest time, whatever order they come in.
const NOTE = `
  insert into message_status as s (tenant_id, message_id, attempt, status, at, code)
  select tenant_id, message_id, attempt, status, to_timestamp(at / 1000), code
  from unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::text[], $5::float8[], $6::int[]) as u(tenant_id, message_id, attempt, status, at, code)
  on conflict (tenant_id, message_id, attempt, status) do update set at = excluded.at where excluded.at < s.at`;

/**
 * Writes the timelines of messages, what is shown of them and one event per advance, in the order of the ladder, and does what failures ask for. Each message
 * at most once in `progress`, and its row locked.
 */
export async function recordProgress(window: Window, progress: readonly Progress[]): Promise<void> {
  const changes: unknown[][] = [];
  const notes: { message: TrackedMessage; report: Report }[] = [];
  const moves: Move[] = [];
  const failed: FailedMessage[] = [];
  const bookings: Booking[] = [];
  for (const { message, reports, wamid, isAssessed } of progress) {
    const advances = climb(
      message.status,
      reports.map((report) => report.status),
    );
    for (const status of advances) {
      const { tenantId, id: subjectId, conversationId } = message;
      window.events.push({ tenantId, kind: 'MESSAGE_STATUS', subjectId, conversationId, status });
    }
    const failure = reports.find((report) => report.status === 'FAILED');
    const code = failure?.code ?? null;
    const to = advances.at(-1);
    if (to) moves.push({ message, to });
    if (to === 'FAILED' && failure && code !== null) failed.push({ message, code, at: failure.at });
    const booking = finalCost(message, reports);
    if (booking) bookings.push(booking);
    if (advances.length || wamid || code !== null || booking)
      changes.push(changeOf({ message, wamid, isAssessed }, to, code, booking));
    for (const report of earliest(reports)) notes.push({ message, report });
  }
  await Promise.all([
    notes.length && writeNotes(window, notes),
    changes.length && window.query(SHOW, columns(changes)),
    keepAttention(window, moves),
    countServiceMessages(window, bookings),
  ]);
  if (failed.length) await actOnFailures(window, failed);
}

function changeOf(
  { message, wamid, isAssessed = null }: Pick<Progress, 'message' | 'wamid'> & { isAssessed?: boolean | null },
  to: string | undefined,
  code: number | null,
  booking: Booking | null,
): unknown[] {
  const { category = null, priceType = null, micros = null, currency = null } = booking?.cost ?? {};
  const { sealed = null, index = null } = wamid ?? {};
  return [message.tenantId, message.id, to ?? null, code, sealed, index, category, priceType, micros, currency, isAssessed];
}

/** Writes the timelines of messages' attempts and nothing else. */
export async function noteReports(window: Window, progress: readonly Progress[]): Promise<void> {
  await writeNotes(
    window,
    progress.flatMap(({ message, reports }) => [...earliest(reports)].map((report) => ({ message, report }))),
  );
}

async function writeNotes({ query }: Window, notes: readonly { message: TrackedMessage; report: Report }[]): Promise<void> {
  await query(
    NOTE,
    columns(
      notes.map(({ message, report }) => [
        message.tenantId,
        message.id,
        message.attempt,
        report.status,
        report.at,
        report.code ?? null,
      ]),
    ),
  );
}

/** One report per status: the earliest. */
function earliest(reports: readonly Report[]): Iterable<Report> {
  if (reports.length === 1) return reports;
  const first = new Map<ReportableStatus, Report>();
  for (const report of reports) {
    const other = first.get(report.status);
    if (!other || report.at < other.at) first.set(report.status, report);
  }
  return first.values();
}

/** Rows as the columns that `unnest` takes. */
function columns(rows: readonly unknown[][]): unknown[][] {
  return (rows[0] ?? []).map((_value, column) => rows.map((row) => row[column]));
}
