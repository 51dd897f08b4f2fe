import type { Loader } from '../platform/loading.ts';
import { Sealed } from '../platform/sealed.ts';
import { idList } from '../platform/tenant-reader.ts';
import type { Message } from './message.ts';

/** A message to be shown: the entity, or its row without one. Events are shown by the thousand, and an entity costs more than all the rest. */
export interface MessageRow extends Omit<Message, 'conversation' | 'replyTo'> {
  conversation: { id: string };
  replyTo: { id: string } | null;
}

type Columns = Pick<Message, 'id' | 'direction' | 'kind' | 'status' | 'attempt'> & {
  tenant_id: string;
  conversation_id: string;
  body: Buffer | null;
  parts: Buffer | null;
  media_id: string | null;
  card_media_ids: string[] | null;
  template_id: string | null;
  category: string | null;
  price_type: string | null;
  price_market: string | null;
  cost_micros: string | null;
  cost_currency: string | null;
  is_cost_final: boolean;
  scheduled_at: Date | string | null;
  time_zone: string | null;
  hold_reason: Buffer | null;
  edited_at: Date | string | null;
  revoked_at: Date | string | null;
  is_echo: boolean;
  is_assessed: boolean;
  ttl_seconds: number | null;
  author_member_id: string | null;
  author_api_key_id: string | null;
  reply_to_id: string | null;
  failure_code: number | null;
  /** In ms, as is `created_at`: a number is read ten times as fast as a text. */
  sent_at: number;
  created_at: number;
};

const COLUMNS = `id, tenant_id, conversation_id, direction, kind, body, parts, media_id, card_media_ids, template_id, category, price_type, price_market, cost_micros::text, cost_currency,
  is_cost_final, scheduled_at, time_zone, hold_reason, edited_at, revoked_at, is_echo, is_assessed, ttl_seconds, status, attempt, author_member_id, author_api_key_id, reply_to_id,
  failure_code, (extract(epoch from sent_at) * 1000)::float8 as sent_at, (extract(epoch from created_at) * 1000)::float8 as created_at`;

/** Messages by id; null for those that are gone. */
export const messagesById: Loader<string, MessageRow | null> = {
  name: 'messagesById',
  load: async (ctx, ids) => {
    const rows = await ctx.read<Columns>(`select ${COLUMNS} from message where id in ${idList(ids)}`);
    const byId = new Map(rows.map((row) => [row.id, toMessage(row)]));
    return ids.map((id) => byId.get(id) ?? null);
  },
};

function toMessage(row: Columns): MessageRow {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    conversation: { id: row.conversation_id },
    direction: row.direction,
    kind: row.kind,
    body: row.body && new Sealed(row.body),
    parts: row.parts && new Sealed(row.parts),
    mediaId: row.media_id,
    cardMediaIds: row.card_media_ids,
    templateId: row.template_id,
    category: row.category,
    priceType: row.price_type,
    priceMarket: row.price_market,
    costMicros: row.cost_micros,
    costCurrency: row.cost_currency,
    isCostFinal: row.is_cost_final,
    scheduledAt: dateOf(row.scheduled_at),
    timeZone: row.time_zone,
    sealedHoldReason: row.hold_reason && new Sealed(row.hold_reason),
    editedAt: dateOf(row.edited_at),
    revokedAt: dateOf(row.revoked_at),
    isEcho: row.is_echo,
    isAssessed: row.is_assessed,
    ttlSeconds: row.ttl_seconds,
    status: row.status,
    attempt: row.attempt,
    authorMemberId: row.author_member_id,
    authorApiKeyId: row.author_api_key_id,
    replyTo: row.reply_to_id === null ? null : { id: row.reply_to_id },
    failureCode: row.failure_code,
    sentAt: new Date(row.sent_at),
    createdAt: new Date(row.created_at),
  };
}

/** Read in a transaction a time comes as text, read otherwise as a date. */
function dateOf(at: Date | string | null): Date | null {
  return at === null ? null : new Date(at);
}
