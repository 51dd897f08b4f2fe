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
  author_member_id: string | null;
  author_api_key_id: string | null;
  reply_to_id: string | null;
  failure_code: number | null;
  /** In ms, as is `created_at`: a number is read ten times as fast as a text. */
  sent_at: number;
  created_at: number;
};

const COLUMNS = `id, tenant_id, conversation_id, direction, kind, body, status, attempt, author_member_id, author_api_key_id, reply_to_id,
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
