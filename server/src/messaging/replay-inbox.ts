import { INBOX_BELL } from './received-body.ts';
import type { Services } from '../platform/context.ts';
import { queryOn } from '../platform/query.ts';

const AT_ONCE = 1_000;

/** What is read again next: everything of the stretch behind a place, in the order of the days and ids, which one index has. */
export const NEXT = `
  update webhook_inbox i set done_at = null, quarantined = null, replayed_at = cube_now() from (
    select received_on, id from webhook_inbox
    where received_on between greatest($3::date, ($1 at time zone 'utc')::date - 1) and ($2 at time zone 'utc')::date + 1
      and (received_on, id) > ($3::date, $4::uuid) and received_at >= greatest($1, cube_now() - interval '7 days') and received_at < $2
      and (done_at is not null or quarantined is not null)
    order by received_on, id limit ${AT_ONCE} for update skip locked
  ) asked
  where i.received_on = asked.received_on and i.id = asked.id returning to_char(i.received_on, 'YYYY-MM-DD') as day, i.id`;

/**
 * Has all webhook bodies that came in a stretch of time (its end not included) read again, those in quarantine too, by whatever worker runs. Reading a body
 * twice changes nothing; it helps where a fault of ours left something out. Those of more than seven days ago are left alone: what tells that they were read is gone. Gives how many there were.
 */
export async function replayInbox(
  { database, bus }: Pick<Services, 'bus'> & { database: Pick<Services['database'], 'worker'> },
  { from, to }: { from: Date; to: Date },
): Promise<number> {
  const query = queryOn(database.worker);
  let place = { day: '-infinity', id: '00000000-0000-0000-0000-000000000000' };
  let replayed = 0;
  for (;;) {
    const rows = await query<{ day: string; id: string }>(NEXT, [from, to, place.day, place.id], 'anew');
    replayed += rows.length;
    if (rows.length < AT_ONCE) break;
    place = rows.reduce((last, row) => (`${row.day} ${row.id}` > `${last.day} ${last.id}` ? row : last));
  }
  if (replayed) bus.ring(INBOX_BELL);
  return replayed;
}
