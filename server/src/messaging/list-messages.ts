import type { Conversation } from '../conversations/conversation.ts';
import type { Context } from '../platform/context.ts';
import { fault } from '../platform/faults.ts';
import { isId } from '../platform/ids.ts';
import { type Page, pageSize, toPage } from '../platform/pages.ts';
import { Message } from './message.ts';

export interface MessagesWanted {
  first?: number | null;
  after?: string | null;
  last?: number | null;
  before?: string | null;
}

/** A page of a thread in the order of arrival. Ids are its cursors: they sort by time. */
export async function listMessages(
  ctx: Context,
  conversation: Conversation,
  { first, after, last, before }: MessagesWanted,
): Promise<Page<Message>> {
  const backward = first == null;
  if (!backward && (last != null || before != null))
    throw fault('BAD_USER_INPUT', 'Use `first` with `after`, or `last` with `before`.');
  const size = pageSize(backward ? last : first, 50);
  const cursor = backward ? before : after;
  if (cursor && !isId(cursor)) throw fault('BAD_CURSOR', 'This is no cursor of this list.');
  const rows = await (
    await ctx.reading()
  ).find(
    Message,
    { conversation: conversation.id, ...(cursor && { id: backward ? { $lt: cursor } : { $gt: cursor } }) },
    { orderBy: { id: backward ? 'desc' : 'asc' }, limit: size + 1 },
  );
  return toPage(rows, size, (message) => message.id, { backward, continued: Boolean(cursor) });
}
