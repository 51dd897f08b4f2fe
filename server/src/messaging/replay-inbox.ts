import { INBOX_BELL } from './received-body.ts';
import type { Services } from '../platform/context.ts';
import { queryOn } from '../platform/query.ts';

const AT_ONCE = 1_000;

/**
 * Has all webhook bodies that came in a stretch of time (its end not included) read again, those in quarantine too, by whatever worker runs. Reading a body
 * twice changes nothing; it helps where a fault of ours left something out. Those of more than seven days ago are left alone: what tells that they were read is gone. Gives how many there were.
 */
export async function replayInbox(
  { database, bus }: Pick<Services, 'bus'> & { database: Pick<Services['database'], 'worker'> },
  { from, to }: { from: Date; to: Date },
): Promise<number> {
  const query = queryOn(database.worker);
  const [start] = await query<{ now: Date }>('select cube_now() as now');
  let replayed = 0;
  for (;;) {
    // A body that is done again before we are through is not taken twice.
    const rows = await query(
      `update webhook_inbox i set done_at = null, quarantined = null, replayed_at = cube_now() from (
         select received_on, id from webhook_inbox
         where received_at >= greatest($1, cube_now() - interval '7 days') and received_at < $2 and received_on between ($1 at time zone 'utc')::date - 1 and ($2 at time zone 'utc')::date + 1
           and (done_at is not null or quarantined is not null) and coalesce(replayed_at < $3, true)
         order by received_at, id limit ${AT_ONCE} for update skip locked
       ) asked
       where i.received_on = asked.received_on and i.id = asked.id returning i.id`,
      [from, to, start?.now],
    );
    replayed += rows.length;
    if (rows.length < AT_ONCE) break;
  }
  if (replayed) bus.ring(INBOX_BELL);
  return replayed;
}
