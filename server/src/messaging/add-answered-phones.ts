import { newId } from '../platform/ids.ts';
import { place, seal, type SealingKey } from '../platform/sealed.ts';
import { identityOf } from './identity.ts';
import type { QueuedSend } from './queued-send.ts';
import type { Outcome } from './record-outcomes.ts';
import { phoneOf } from './updates.ts';
import type { Window } from './window.ts';

/**
 * Notes the phone that WhatsApp knows a customer by, where it differs from the one we wrote to: their messages will come from that one. A phone
 * that belongs to another contact already stays theirs.
 */
export async function addAnsweredPhones(
  { query, keys }: Window,
  outcomes: readonly Outcome[],
  keyOf: (send: QueuedSend) => SealingKey | undefined,
): Promise<void> {
  const rows = outcomes.flatMap(({ send, end }) => {
    if (end.kind !== 'accepted' || end.waId === undefined || end.to === undefined) return [];
    const phone = phoneOf(end.waId);
    const key = keyOf(send);
    if (phone === undefined || phone === end.to || !key) return [];
    const id = newId();
    const { index } = identityOf(keys, send.tenantId, 'PHONE', phone);
    return [{ send, id, index, sealed: seal(key, place(send.tenantId, 'contact_identity', 'value', id), phone) }];
  });
  if (!rows.length) return;
  await query(
    `insert into contact_identity (tenant_id, id, contact_id, kind, value, value_index)
     select u.tenant_id, u.id, coalesce(c.merged_into_id, c.id), 'PHONE', value, value_index
     from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bytea[], $5::bytea[]) as u(tenant_id, id, contact_id, value, value_index)
     join contact c on c.tenant_id = u.tenant_id and c.id = u.contact_id
     order by u.tenant_id, value_index
     on conflict (tenant_id, kind, value_index) do nothing`,
    [
      rows.map(({ send }) => send.tenantId),
      rows.map(({ id }) => id),
      rows.map(({ send }) => send.contactId),
      rows.map(({ sealed }) => sealed),
      rows.map(({ index }) => index),
    ],
  );
}
