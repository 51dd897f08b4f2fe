import type { Context } from '../platform/context.ts';
import { isId } from '../platform/ids.ts';
import { type Page, pageSize, readTimeCursor, timeCursor, toPage } from '../platform/pages.ts';
import { Conversation } from './conversation.ts';
import { AssigneeFilter, type ConversationFilter } from './conversation-filter.ts';

export interface ConversationsWanted {
  filter?: ConversationFilter | null;
  first?: number;
  after?: string;
}

/** A page of conversations, the latest activity first. Each filter walks along an index; none sorts or counts. */
export async function listConversations(
  ctx: Context,
  { filter, first, after }: ConversationsWanted,
): Promise<Page<Conversation>> {
  const size = pageSize(first, 25);
  const em = await ctx.reading();
  const query = em.createQueryBuilder(Conversation, 'c').select('*');
  if (after) {
    const { at, id } = readTimeCursor(after);
    query.andWhere('(c.last_activity_at, c.id) < (?::timestamptz, ?::uuid)', [at.toISOString(), id]);
  }
  const statuses = filter?.status ?? [];
  // "All that is not resolved" has an index of its own, which also serves people's own lists.
  if (!statuses.length) query.andWhere(`c.status <> 'RESOLVED'`);
  else query.andWhere({ status: { $in: [...new Set(statuses)] } });
  if (filter?.assignee === AssigneeFilter.ME) query.andWhere({ assignee: ctx.me.memberId ?? null });
  if (filter?.assignee === AssigneeFilter.NOBODY) query.andWhere({ assignee: null });
  if (filter?.assignee === AssigneeFilter.ANYBODY) query.andWhere({ assignee: { $ne: null } });
  if (filter?.unread) query.andWhere('c.unread_count > 0');
  if (filter?.whatsappNumberId) {
    if (!isId(filter.whatsappNumberId)) return toPage([], size, () => '');
    query.andWhere({ number: filter.whatsappNumberId });
  }
  query.orderBy({ lastActivityAt: 'desc', id: 'desc' }).limit(size + 1);
  const rows = await query.getResultList();
  return toPage(rows, size, (row) => timeCursor(row.lastActivityAt, row.id), { continued: Boolean(after) });
}
