import type { Keys } from '../platform/keys.ts';
import type { Query } from '../platform/query.ts';
import { quarantine } from './mark-bodies.ts';
import { keyOfDay, openBody, type ReceivedBody } from './received-body.ts';

const MOST_ROWS = 500;
const MOST_BYTES = 16 << 20;

const SWEEP = `
  select to_char(received_on, 'YYYY-MM-DD') as received_on, id, body, app_tenants, replayed_at is not null as is_replay
  from (
    select received_on, id, body, received_at, app_tenants, replayed_at, sum(octet_length(body)) over (order by received_at, id) - octet_length(body) as before
    from (
      select received_on, id, body, received_at, app_tenants, replayed_at from webhook_inbox
      where done_at is null and quarantined is null and received_at <= cube_now() - make_interval(secs => $1) and id <> all($2::uuid[])
      order by received_at, id limit ${MOST_ROWS}
    ) as oldest
  ) as measured
  where before < ${MOST_BYTES} order by received_at, id`;

interface Row {
  received_on: string;
  id: string;
  body: Buffer;
  app_tenants: string[] | null;
  is_replay: boolean;
}

/**
 * Reads bodies that were stored and that nobody has done, the oldest first: left behind by a process that died, or stored by one that cannot
 * read them. `minAge` is in seconds; `except` are ids that this process has in hand. A body that cannot be opened is quarantined.
 */
export async function sweepInbox(query: Query, keys: Keys, minAge: number, except: readonly string[]): Promise<ReceivedBody[]> {
  const rows = await query<Row>(SWEEP, [minAge, except]);
  const bodies: ReceivedBody[] = [];
  for (const { received_on: receivedOn, id, body, app_tenants: tenants, is_replay: isReplay } of rows) {
    const key = await keyOfDay(keys, query, receivedOn);
    try {
      bodies.push({ receivedOn, id, raw: openBody(key, id, body), ...(tenants && { appTenants: tenants }), isReplay });
    } catch {
      await quarantine(query, receivedOn, id, 'the body cannot be opened');
    }
  }
  return bodies;
}
