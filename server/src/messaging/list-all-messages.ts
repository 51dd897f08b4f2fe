import type { Context } from '../platform/context.ts';
import { fault } from '../platform/faults.ts';
import { isId } from '../platform/ids.ts';
import { type Page, pageSize, toPage } from '../platform/pages.ts';
import { MessageKind } from './message-enums.ts';
import { Message } from './message.ts';

export interface AllMessagesWanted {
  kinds?: readonly MessageKind[] | null;
  whatsappNumberId?: string | null;
  first?: number | null;
  after?: string | null;
}

const LAST = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

// Kinds other than text are few and have an index of their own; each is walked by itself and the walks are merged.
const OF_KINDS = `
  select id from (
    select m.id from unnest($1::text[]) as k(kind) cross join lateral (
      select id from message where kind = k.kind and kind <> 'TEXT' and id < $2 and ON_NUMBER order by id desc limit $3
    ) m
    union all
    (select id from message where 'TEXT' = any($1::text[]) and kind = 'TEXT' and id < $2 and ON_NUMBER order by id desc limit $3)
  ) found order by id desc limit $3`;
const OF_ALL = `select id from message where kind <> 'REACTION' and $1::text[] is null and id < $2 and ON_NUMBER order by id desc limit $3`;
const ON_NUMBER = 'exists (select from conversation c where c.id = message.conversation_id and c.number_id = $4)';

/** A page of a tenant's messages, newest first, by kind and number. */
export async function listAllMessages(
  ctx: Context,
  { kinds, whatsappNumberId, first, after }: AllMessagesWanted,
): Promise<Page<Message>> {
  const size = pageSize(first, 25);
  if (after && !isId(after)) throw fault('BAD_CURSOR', 'This is no cursor of this list.');
  if (whatsappNumberId && !isId(whatsappNumberId)) return toPage<Message>([], size, () => '');
  const sql = (kinds?.length ? OF_KINDS : OF_ALL).replaceAll('ON_NUMBER', whatsappNumberId ? ON_NUMBER : 'true');
  const values = [kinds?.length ? [...new Set(kinds)] : null, after ?? LAST, size + 1];
  const found = await ctx.read<{ id: string }>(sql, whatsappNumberId ? [...values, whatsappNumberId] : values);
  const ids = found.map((row) => row.id);
  const messages = await (await ctx.reading()).find(Message, { id: { $in: ids } }, { orderBy: { id: 'desc' } });
  return toPage(messages, size, (message) => message.id, { continued: Boolean(after) });
}
