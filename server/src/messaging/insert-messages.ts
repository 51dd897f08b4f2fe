import { place, seal, type SealingKey } from '../platform/sealed.ts';
import type { InboundMessage } from './updates.ts';
import { insistOn, type Window } from './window.ts';

/** A message that has its place. */
export interface PlacedMessage {
  message: InboundMessage;
  id: string;
  conversationId: string;
  /** The contact's key. */
  key: SealingKey;
  wamidIndex: Buffer;
  replyToId: string | null;
}

const INSERT = `
  insert into message (tenant_id, id, conversation_id, direction, kind, body, status, wamid, wamid_index, reply_to_id, sent_at)
  select tenant_id, id, conversation_id, 'INBOUND', case when body is null then 'UNSUPPORTED' else 'TEXT' end, body, 'RECEIVED', wamid, wamid_index,
    reply_to_id, to_timestamp(at / 1000)
  from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bytea[], $5::bytea[], $6::bytea[], $7::uuid[], $8::float8[])
    as u(tenant_id, id, conversation_id, body, wamid, wamid_index, reply_to_id, at)
  order by tenant_id, wamid_index
  on conflict (tenant_id, wamid_index) where wamid_index is not null do nothing
  returning id`;

/** Writes received messages, sealed. Throws `Outrun` when one of them was stored meanwhile. */
export async function insertMessages({ query }: Window, placed: readonly PlacedMessage[]): Promise<void> {
  const rows = await query(INSERT, [
    placed.map(({ message }) => message.tenantId),
    placed.map(({ id }) => id),
    placed.map(({ conversationId }) => conversationId),
    placed.map(({ message, id, key }) =>
      message.text === null ? null : seal(key, place(message.tenantId, 'message', 'body', id), message.text),
    ),
    placed.map(({ message, id, key }) => seal(key, place(message.tenantId, 'message', 'wamid', id), message.wamid)),
    placed.map(({ wamidIndex }) => wamidIndex),
    placed.map(({ replyToId }) => replyToId),
    placed.map(({ message }) => message.at),
  ]);
  insistOn(placed.length, rows.length, 'messages');
}
