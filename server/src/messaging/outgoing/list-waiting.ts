import type { Context } from '../../platform/context.ts';
import { fault } from '../../platform/faults.ts';
import { isId } from '../../platform/ids.ts';
import { type Page, pageSize, toPage } from '../../platform/pages.ts';
import type { MessageKind } from '../message-enums.ts';
import { Message } from '../message.ts';
import type { AttentionKind } from './attention.ts';

export interface AttentionWanted {
  /** Of these lists. */
  lists: readonly AttentionKind[];
  kinds?: readonly MessageKind[] | null;
  first?: number | null;
  after?: string | null;
}

const LAST = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** A page of messages that somebody should look at, or that wait, newest first. What expired and arrived after all is taken off within an hour, and shown no longer. */
export async function listAttention(ctx: Context, { lists, kinds, first, after }: AttentionWanted): Promise<Page<Message>> {
  const size = pageSize(first, 25);
  if (after && !isId(after)) throw fault('BAD_CURSOR', 'This is no cursor of this list.');
  const rows = await ctx.read<{ id: string }>(
    `select a.message_id as id from attention a
     where a.kind = any($1::text[]) and a.message_id < $2::uuid
       and (a.kind <> 'EXPIRED' or exists (select from message m where m.id = a.message_id and m.status in ('ACCEPTED', 'SENT')))
       and ($3::text[] is null or exists (select from message m where m.id = a.message_id and m.kind = any($3::text[])))
     order by a.message_id desc limit $4`,
    [[...lists], after || LAST, kinds?.length ? [...kinds] : null, size + 1],
  );
  const found = await (await ctx.reading()).find(Message, { id: { $in: rows.map(({ id }) => id) } });
  const byId = new Map(found.map((message) => [message.id, message]));
  const messages = rows.flatMap(({ id }) => byId.get(id) ?? []);
  return toPage(messages, size, (message) => message.id, { continued: Boolean(after) });
}
