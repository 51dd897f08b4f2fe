import type { StatusGroup } from './apply-statuses.ts';
import { type AttemptName } from './opaque.ts';
import {
  noteReports,
  PRICE_COLUMNS,
  type PriceRow,
  type Progress,
  recordProgress,
  type Report,
  type TrackedMessage,
  trackedPrice,
} from './record-progress.ts';
import { isArrival } from './status-ladder.ts';
import { wamidName } from './wamid.ts';
import type { Window } from './window.ts';

/** What became known about an attempt that is not the one its message shows. */
export interface OtherAttempt extends AttemptName {
  tenantId: string;
  reports: readonly Report[];
}

const KEEP = `
  insert into attempt_wamid (tenant_id, wamid_index, message_id, attempt, wamid)
  select * from unnest($1::uuid[], $2::bytea[], $3::uuid[], $4::smallint[], $5::bytea[]) as u(tenant_id, wamid_index, message_id, attempt, wamid)
  on conflict do nothing`;

/** Keeps WhatsApp's ids of attempts that are not shown. */
export async function keepWamids(
  { query }: Window,
  attempts: readonly (OtherAttempt & { wamid: { sealed: Buffer; index: Buffer } })[],
): Promise<void> {
  await query(KEEP, [
    attempts.map(({ tenantId }) => tenantId),
    attempts.map(({ wamid }) => wamid.index),
    attempts.map(({ messageId }) => messageId),
    attempts.map(({ attempt }) => attempt),
    attempts.map(({ wamid }) => wamid.sealed),
  ]);
}

const FIND = `
  select o.tenant_id, o.wamid_index, o.message_id, o.attempt, m.conversation_id from unnest($1::uuid[], $2::bytea[]) as wanted(tenant_id, wamid_index)
  join attempt_wamid o on o.tenant_id = wanted.tenant_id and o.wamid_index = wanted.wamid_index
  join message m on m.tenant_id = o.tenant_id and m.id = o.message_id`;

/** The attempts with these ids of WhatsApp's that are not shown, by the ids' names. */
export async function findOtherAttempts(
  { query }: Window,
  wanted: readonly Pick<StatusGroup, 'tenantId' | 'index'>[],
): Promise<Map<string, AttemptName & { conversationId: string }>> {
  const rows = await query<{
    tenant_id: string;
    wamid_index: Buffer;
    message_id: string;
    attempt: number;
    conversation_id: string;
  }>(FIND, [wanted.map(({ tenantId }) => tenantId), wanted.map(({ index }) => index)]);
  return new Map(
    rows.map(({ tenant_id, wamid_index, message_id: messageId, attempt, conversation_id: conversationId }) => [
      wamidName(tenant_id, wamid_index),
      { messageId, attempt, conversationId },
    ]),
  );
}

/** Applies what became known about attempts that are not shown. Of each message one after the other: the first may make its attempt the one shown. */
export async function applyToOthers(window: Window, attempts: readonly OtherAttempt[]): Promise<void> {
  for (let rest = [...attempts]; rest.length;) {
    const heads = new Map<string, OtherAttempt>();
    const later: OtherAttempt[] = [];
    for (const one of rest) {
      if (heads.has(one.messageId)) later.push(one);
      else heads.set(one.messageId, one);
    }
    await applyOnce(window, [...heads.values()]);
    rest = later;
  }
}

interface Row extends PriceRow {
  tenant_id: string;
  id: string;
  conversation_id: string;
  status: string;
  attempt: number;
  /** WhatsApp never said a word about the other attempt. */
  is_unheard: boolean;
}

const LOCK = `
  select m.tenant_id, m.id, m.conversation_id, m.status, m.attempt, ${PRICE_COLUMNS}, not exists (
    select from message_status s where s.tenant_id = m.tenant_id and s.message_id = m.id and s.attempt = wanted.attempt
      and s.status not in ('QUEUED', 'UNCONFIRMED', 'SCHEDULED', 'HELD')
  ) as is_unheard
  from unnest($1::uuid[], $2::uuid[], $3::smallint[]) as wanted(tenant_id, id, attempt)
  join message m on m.tenant_id = wanted.tenant_id and m.id = wanted.id
  order by m.tenant_id, m.id for no key update of m`;

async function applyOnce(window: Window, attempts: readonly OtherAttempt[]): Promise<void> {
  const rows = await window.query<Row>(LOCK, [
    attempts.map(({ tenantId }) => tenantId),
    attempts.map(({ messageId }) => messageId),
    attempts.map(({ attempt }) => attempt),
  ]);
  const found = new Map(rows.map((row) => [row.id, row]));
  const known = attempts.flatMap((other): Known[] => {
    const row = found.get(other.messageId);
    return row ? [{ other, row }] : [];
  });
  const returned = await returnTo(window, known.filter(mayReturn));
  const notes: Progress[] = [];
  const progress: Progress[] = [];
  for (const one of known) {
    const { other, row } = one;
    const message = trackedOf(row, other.attempt);
    // What is shown is the best that is known of any attempt: on the customer's device it is by whichever.
    const isShown = row.attempt === other.attempt || returned.has(one);
    const shown = isShown ? other.reports : other.reports.filter(({ status }) => isArrival(status));
    if (shown.length) progress.push({ message, reports: shown });
    if (shown.length < other.reports.length) notes.push({ message, reports: other.reports });
  }
  if (notes.length) await noteReports(window, notes);
  if (progress.length) await recordProgress(window, progress);
}

interface Known {
  other: OtherAttempt;
  row: Row;
}

function trackedOf(row: Row, attempt: number): TrackedMessage {
  const { tenant_id: tenantId, id, conversation_id: conversationId, status } = row;
  return { tenantId, id, conversationId, status, attempt, price: trackedPrice(row) };
}

/**
 * Whether the message may go back to the other attempt: that one arrived, or was never heard of and turns out to be on its way, while the one shown
 * came to nothing or has yet to go out.
 */
function mayReturn({ other, row }: Known): boolean {
  if (row.attempt === other.attempt) return false;
  if (other.reports.some(({ status }) => isArrival(status))) return ['QUEUED', 'FAILED', 'CANCELLED'].includes(row.status);
  return row.status === 'QUEUED' && row.is_unheard && !other.reports.some(({ status }) => status === 'FAILED');
}

// No worker takes it any more once its row is gone from the queue; one that a worker has in hand may be out.
const WITHDRAW = `
  with gone as (
    delete from send_queue q using unnest($1::uuid[], $2::uuid[], $3::smallint[]) as u(tenant_id, id, attempt)
    where q.tenant_id = u.tenant_id and q.message_id = u.id and q.attempt = u.attempt and q.lease_until is null
    returning q.tenant_id, q.message_id, q.attempt
  ), forgotten as (
    delete from message_status s using gone where s.tenant_id = gone.tenant_id and s.message_id = gone.message_id and s.attempt = gone.attempt
  )
  select message_id from gone`;

const KEEP_SHOWN = `
  insert into attempt_wamid (tenant_id, wamid_index, message_id, attempt, wamid)
  select m.tenant_id, m.wamid_index, m.id, m.attempt, m.wamid from unnest($1::uuid[], $2::uuid[]) as u(tenant_id, id)
  join message m on m.tenant_id = u.tenant_id and m.id = u.id and m.wamid_index is not null
  on conflict do nothing`;

const RETURN = `
  with back as (
    delete from attempt_wamid o using unnest($1::uuid[], $2::uuid[], $3::smallint[]) as u(tenant_id, id, attempt)
    where o.tenant_id = u.tenant_id and o.message_id = u.id and o.attempt = u.attempt
    returning o.tenant_id, o.message_id, o.attempt, o.wamid, o.wamid_index
  )
  update message m set attempt = back.attempt, wamid = back.wamid, wamid_index = back.wamid_index
  from back where m.tenant_id = back.tenant_id and m.id = back.message_id`;

/** Makes the other attempts the ones shown, unless the one shown is in a worker's hand. Gives those for which that was done. */
async function returnTo({ query }: Window, wanted: readonly Known[]): Promise<Set<Known>> {
  const queued = wanted.filter(({ row }) => row.status === 'QUEUED');
  const withdrawn = new Set<string>();
  if (queued.length) {
    const rows = await query<{ message_id: string }>(
      WITHDRAW,
      [queued.map(({ row }) => row.tenant_id), queued.map(({ row }) => row.id), queued.map(({ row }) => row.attempt)],
      'anew',
    );
    for (const row of rows) withdrawn.add(row.message_id);
  }
  const returned = wanted.filter(({ row }) => row.status !== 'QUEUED' || withdrawn.has(row.id));
  if (!returned.length) return new Set();
  const [tenantIds, ids] = [returned.map(({ row }) => row.tenant_id), returned.map(({ row }) => row.id)];
  await query(KEEP_SHOWN, [tenantIds, ids]);
  await query(RETURN, [tenantIds, ids, returned.map(({ other }) => other.attempt)]);
  return new Set(returned);
}
