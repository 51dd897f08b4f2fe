import { place, seal, type SealingKey } from '../platform/sealed.ts';
import type { NamedMessage } from './receive-messages.ts';
import type { InboundMessage } from './updates.ts';
import { insistOn, type Window } from './window.ts';

/** A message that has its place. */
export interface PlacedMessage extends NamedMessage {
  id: string;
  conversationId: string;
  contactId: string;
  /** The contact's key. */
  key: SealingKey;
  replyToId: string | null;
  mediaId: string | null;
}

// Counted there: as many rows with an id each would only be read and thrown away.
const INSERT = `
  with added as (insert into message (tenant_id, id, conversation_id, direction, kind, body, parts, media_id, status, is_echo, wamid, wamid_index, reply_to_id, sent_at)
  select tenant_id, id, conversation_id, case when is_echo then 'OUTBOUND' else 'INBOUND' end, kind, body, parts, media_id,
    case when is_echo then 'SENT' else 'RECEIVED' end, is_echo, wamid, wamid_index, reply_to_id, to_timestamp(at / 1000)
  from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::bytea[], $6::bytea[], $7::uuid[], $8::boolean[], $9::bytea[], $10::bytea[], $11::uuid[],
    $12::float8[]) as u(tenant_id, id, conversation_id, kind, body, parts, media_id, is_echo, wamid, wamid_index, reply_to_id, at)
  order by tenant_id, wamid_index
  on conflict (tenant_id, wamid_index) where wamid_index is not null do nothing
  returning 1)
  select count(*)::int as amount from added`;

/** Writes messages that came in, sealed. Throws `Outrun` when one of them was stored meanwhile. */
export async function insertMessages({ query }: Window, placed: readonly PlacedMessage[]): Promise<void> {
  const [added] = await query<{ amount: number }>(INSERT, [
    placed.map(({ message }) => message.tenantId),
    placed.map(({ id }) => id),
    placed.map(({ conversationId }) => conversationId),
    placed.map(({ message }) => message.content.kind),
    placed.map((one) => sealed(one, 'body', one.message.content.text)),
    placed.map((one) => sealed(one, 'parts', partsText(one.message))),
    placed.map(({ mediaId }) => mediaId),
    placed.map(({ message }) => message.isEcho),
    placed.map((one) => sealed(one, 'wamid', one.message.wamid)),
    placed.map(({ index }) => index),
    placed.map(({ replyToId }) => replyToId),
    placed.map(({ message }) => message.at),
  ]);
  insistOn(placed.length, added?.amount ?? 0, 'messages');
}

function sealed({ message, id, key }: PlacedMessage, column: string, text: string | null): Buffer | null {
  return text === null ? null : seal(key, place(message.tenantId, 'message', column, id), text);
}

function partsText({ content: { parts } }: InboundMessage): string | null {
  for (const _part in parts) return JSON.stringify(parts);
  return null;
}
