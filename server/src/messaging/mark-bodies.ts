import type { Query } from '../platform/query.ts';
import type { InboxWork } from './inbox-work.ts';

// The day stands in the statement, so that one partition is planned for. The last condition is written so that rows are found by their ids: by way of
// the index of pending rows it would read all that wait.
const mark = (day: string): string => `
  with mine as (update webhook_inbox i set done_at = cube_now(), quarantined = known.fault, concerns = known.concerns::uuid[], is_shared = known.is_shared
  from unnest($1::uuid[], $2::text[], $3::text[], $4::boolean[]) as known(id, fault, concerns, is_shared)
  where i.received_on = date '${day}' and i.id = known.id and coalesce(i.done_at::text, i.quarantined) is null
  returning i.id)
  select case when count(*) < cardinality($1::uuid[]) then coalesce(array_agg(id), '{}') end as ids from mine`;

/**
 * Marks bodies as done, with what could not be understood of them, and gives those that nobody had done yet. Their rows stay locked until
 * the transaction ends: of two processes with the same body the second gets nothing.
 */
export async function markDone(query: Query, works: readonly InboxWork[]): Promise<InboxWork[]> {
  const mine: string[] = [];
  for (const [receivedOn, ofDay] of Map.groupBy(works, (work) => work.body.receivedOn)) {
    const ids = ofDay.map((work) => work.body.id);
    const [marked] = await query<{ ids: string[] | null }>(
      mark(checkDay(receivedOn)),
      [
        ids,
        ofDay.map((work) => work.fault),
        ofDay.map((work) => (work.fault === null ? null : `{${[...work.tenants].join()}}`)),
        ofDay.map((work) => (work.fault === null ? null : work.isShared)),
      ],
      'anew',
    );
    mine.push(...(marked?.ids ?? ids));
  }
  if (mine.length === works.length) return [...works];
  const known = new Set(mine);
  return works.filter((work) => known.has(work.body.id));
}

/** Puts a body away that makes every transaction fail: it is not tried again by itself. `reason` must hold nothing of its content. */
export async function quarantine(
  query: Query,
  receivedOn: string,
  id: string,
  reason: string,
  concerns: { tenants: ReadonlySet<string>; isShared: boolean } = { tenants: new Set(), isShared: true },
): Promise<void> {
  await query(
    `update webhook_inbox set quarantined = $3, tries = tries + 1, concerns = $4::uuid[], is_shared = $5
     where received_on = $1::date and id = $2 and done_at is null and quarantined is null`,
    [receivedOn, id, reason, [...concerns.tenants], concerns.isShared],
  );
}

function checkDay(day: string): string {
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) throw new Error('Not a day.');
  return day;
}
