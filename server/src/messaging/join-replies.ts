import { newId } from '../platform/ids.ts';
import type { PlacedMessage } from './insert-messages.ts';
import { wamidIndex } from './wamid.ts';
import type { Window } from './window.ts';

// Beside the edits that wait for their message, where whoever stores that looks anyway. It holds no text.
const KEEP = `
  insert into message_change (tenant_id, id, wamid_index, original_index, kind, at)
  select tenant_id, id, wamid_index, original_index, 'REPLY', cube_now()
  from unnest($1::uuid[], $2::uuid[], $3::bytea[], $4::bytea[]) as u(tenant_id, id, wamid_index, original_index)
  order by tenant_id, wamid_index
  on conflict (tenant_id, wamid_index) do nothing`;

/** Notes which quotes and reactions came before the message they are about. */
export async function keepReplies({ query, keys }: Window, placed: readonly PlacedMessage[]): Promise<void> {
  const waiting = placed.filter(({ replyName, replyToId }) => replyName !== undefined && replyToId === null);
  if (!waiting.length) return;
  await query(KEEP, [
    waiting.map(({ message }) => message.tenantId),
    waiting.map(() => newId()),
    waiting.map(({ index }) => index),
    waiting.map(({ message }) => wamidIndex(keys, message.tenantId, message.replyToWamid as string)),
  ]);
}

interface Joined {
  tenant_id: string;
  id: string | null;
  conversation_id: string;
  kind: string;
  target_id: string;
  target_conversation_id: string;
}

// A reply that is gone itself waits no longer.
const JOIN = `
  with found as (
    select c.tenant_id, c.id as change_id, r.id, r.conversation_id, r.kind, t.id as target_id, t.conversation_id as target_conversation_id
    from unnest($1::uuid[], $2::bytea[]) as wanted(tenant_id, index)
    join message_change c on c.tenant_id = wanted.tenant_id and c.original_index = wanted.index and c.kind = 'REPLY' and c.applied_at is null
    cross join lateral (
      select id, conversation_id from message where tenant_id = c.tenant_id and wamid_index = c.original_index
      union all
      select m.id, m.conversation_id from attempt_wamid o join message m on m.tenant_id = o.tenant_id and m.id = o.message_id
      where o.tenant_id = c.tenant_id and o.wamid_index = c.original_index
      limit 1
    ) t
    left join message r on r.tenant_id = c.tenant_id and r.wamid_index = c.wamid_index
  ), done as (
    update message_change c set applied_at = cube_now() from found where c.tenant_id = found.tenant_id and c.id = found.change_id
  ), joined as (
    update message m set reply_to_id = found.target_id from found where m.tenant_id = found.tenant_id and m.id = found.id
  )
  select tenant_id, id, conversation_id, kind, target_id, target_conversation_id from found order by tenant_id, id`;

/** Joins the quotes and reactions that waited for these messages to them, as far as they are stored. A reaction is told as a change of its target too. */
export async function joinReplies(
  { query, events }: Window,
  targets: readonly { tenantId: string; index: Buffer }[],
): Promise<void> {
  if (!targets.length) return;
  const rows = await query<Joined>(JOIN, [targets.map(({ tenantId }) => tenantId), targets.map(({ index }) => index)], 'anew');
  for (const { tenant_id: tenantId, id, conversation_id: conversationId, kind, ...target } of rows) {
    if (id === null) continue;
    events.push({ tenantId, kind: 'MESSAGE_UPDATED', subjectId: id, conversationId });
    if (kind === 'REACTION')
      events.push({
        tenantId,
        kind: 'MESSAGE_UPDATED',
        subjectId: target.target_id,
        conversationId: target.target_conversation_id,
      });
  }
}
