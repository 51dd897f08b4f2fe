import type { Keys } from '../platform/keys.ts';
import type { Query } from '../platform/query.ts';
import { quarantine } from './mark-bodies.ts';
import { keyOfDay, openBody, type ReceivedBody } from './received-body.ts';

const MOST_ROWS = 500;
const MOST_BYTES = 16 << 20;

const SWEEP = `
  select to_char(received_on, 'YYYY-MM-DD') as received_on, id, body, received_at::text, app_tenants, replayed_at is not null as is_replay
  from (
    select received_on, id, body, received_at, app_tenants, replayed_at, sum(octet_length(body)) over (order by received_at, id) - octet_length(body) as before
    from (
      select received_on, id, body, received_at, app_tenants, replayed_at from webhook_inbox
      where done_at is null and quarantined is null and received_at <= cube_now() - make_interval(secs => $1) and id <> all($2::uuid[])
        and (received_at, id) > ($3::timestamptz, $4::uuid)
      order by received_at, id limit ${MOST_ROWS}
    ) as oldest
  ) as measured
  where before < ${MOST_BYTES} order by received_at, id`;

/** A place in the order of arrival. */
export interface Place {
  receivedAt: string;
  id: string;
}

/** Before all. */
const START: Place = { receivedAt: '-infinity', id: '00000000-0000-0000-0000-000000000000' };

export interface Sweep {
  /** Bodies must have been there for so many seconds. */
  minAge: number;
  /** Ids that this process has in hand. */
  except: readonly string[];
  /** Only what came after this. */
  after?: Place | undefined;
}

export interface Swept {
  bodies: ReceivedBody[];
  /** The last that was looked at; undefined where there was none. */
  last?: Place;
  /** Whether there may be more after that. */
  isMore: boolean;
}

interface Row {
  received_on: string;
  id: string;
  body: Buffer;
  received_at: string;
  app_tenants: string[] | null;
  is_replay: boolean;
}

/**
 * Reads bodies that were stored and that nobody has done, the oldest first: left behind by a process that died, or stored by one that cannot
 * read them. A body that cannot be opened is quarantined.
 */
export async function sweepInbox(query: Query, keys: Keys, { minAge, except, after = START }: Sweep): Promise<Swept> {
  const rows = await query<Row>(SWEEP, [minAge, except, after.receivedAt, after.id]);
  const bodies: ReceivedBody[] = [];
  let bytes = 0;
  for (const { received_on: receivedOn, id, body, app_tenants: tenants, is_replay: isReplay } of rows) {
    bytes += body.length;
    const key = await keyOfDay(keys, query, receivedOn);
    try {
      bodies.push({ receivedOn, id, raw: openBody(key, id, body), ...(tenants && { appTenants: tenants }), isReplay });
    } catch {
      await quarantine(query, receivedOn, id, 'the body cannot be opened');
    }
  }
  const last = rows.at(-1);
  const isMore = rows.length === MOST_ROWS || bytes >= MOST_BYTES;
  return { bodies, isMore, ...(last && { last: { receivedAt: last.received_at, id: last.id } }) };
}
