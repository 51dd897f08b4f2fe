import type { Query } from '../../platform/query.ts';
import { HOUR_S, LATE_S, TTL_S } from './expiry.ts';

/** In the words of the index. */
const ENDS = `(m.sent_at at time zone 'UTC' + make_interval(secs => coalesce(m.ttl_seconds, ${TTL_S})))`;
const LATE = `make_interval(secs => case when m.ttl_seconds < ${HOUR_S} then ${LATE_S.code} else ${LATE_S.other} end)`;

// Of what ended in the last eight days, so that an outage of the workers hides nothing, and no more is looked through.
const EXPIRED = `
  insert into attention (tenant_id, message_id, kind)
  select m.tenant_id, m.id, 'EXPIRED' from message m
  where m.tenant_id = any($1::uuid[]) and m.direction = 'OUTBOUND' and ${ENDS} > cube_now() at time zone 'UTC' - interval '8 days'
    and ${ENDS} <= cube_now() at time zone 'UTC' - ${LATE} and m.status in ('ACCEPTED', 'SENT') and not m.is_echo
  on conflict (tenant_id, message_id) do nothing`;

const ARRIVED = `
  delete from attention a using message m
  where a.tenant_id = any($1::uuid[]) and a.kind = 'EXPIRED' and m.tenant_id = a.tenant_id and m.id = a.message_id
    and m.status not in ('ACCEPTED', 'SENT')`;

/** Puts what WhatsApp gave up without a word on the list of what failed, as `expiry.ts` has it, and takes off what arrived after all. */
export async function listExpired(query: Query, tenantIds: readonly string[]): Promise<void> {
  await query(ARRIVED, [tenantIds]);
  await query(EXPIRED, [tenantIds]);
}
