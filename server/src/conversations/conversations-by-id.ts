import type { Loader } from '../platform/loading.ts';
import { Conversation } from './conversation.ts';

/** Conversations by id; null for those that are gone. */
export const conversationsById: Loader<string, Conversation | null> = {
  name: 'conversationsById',
  load: async (ctx, ids) => {
    const found = await (await ctx.reading()).find(Conversation, { id: { $in: [...ids] } });
    const byId = new Map(found.map((conversation) => [conversation.id, conversation]));
    return ids.map((id) => byId.get(id) ?? null);
  },
};
