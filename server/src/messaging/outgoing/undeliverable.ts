import { firstIdAt } from '../../platform/ids.ts';
import type { Loader } from '../../platform/loading.ts';

/** An identity that WhatsApp could not deliver to, and when it said so. */
export interface MarkedIdentity {
  id: string;
  /** In ms. */
  at: number;
}

/** WhatsApp tries to deliver for 30 days: what was delivered after the mark was written no longer before it. */
const LONGEST_TTL_MS = 30 * 24 * 3_600_000;

// Meta's times are whole seconds. The mark is left as it is: what comes in and the statuses of every message would have to look for one otherwise.
const UNREFUTED = `
  select i.id from unnest($1::uuid[], $2::uuid[]) as marked(id, written_from)
  join contact_identity i on i.id = marked.id
  where not exists (
    select from service_window s where s.contact_id = i.contact_id and s.last_inbound_at >= date_trunc('second', i.undeliverable_at)
  ) and not exists (
    select from conversation v
    join message m on m.conversation_id = v.id and m.id > marked.written_from and m.direction = 'OUTBOUND' and m.status in ('DELIVERED', 'READ', 'PLAYED')
    join message_status s on s.message_id = m.id and s.status in ('DELIVERED', 'READ', 'PLAYED') and s.at >= date_trunc('second', i.undeliverable_at)
    where v.contact_id = i.contact_id
  )`;

/** Whether the mark of an identity still holds: the customer has neither written nor got anything since. */
export const isUndeliverable: Loader<MarkedIdentity, boolean> = {
  name: 'isUndeliverable',
  load: async (ctx, marked) => {
    const rows = await ctx.read<{ id: string }>(UNREFUTED, [
      marked.map(({ id }) => id),
      marked.map(({ at }) => firstIdAt(at - LONGEST_TTL_MS)),
    ]);
    const unrefuted = new Set(rows.map(({ id }) => id));
    return marked.map(({ id }) => unrefuted.has(id));
  },
};
