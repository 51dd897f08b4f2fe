import { isId } from '../platform/ids.ts';
import type { Loader } from '../platform/loading.ts';

/** Whether a phone is known of the customer of a conversation: of nobody where there is no such conversation. */
export const hasPhone: Loader<string, boolean> = {
  name: 'hasPhone',
  load: async (ctx, ids) => {
    const found = await ctx.read<{ id: string }>(
      `select v.id from conversation v where v.id = any($1::uuid[]) and exists (
         select from contact_identity i where i.contact_id = v.contact_id and i.kind = 'PHONE' and i.ended_at is null
       )`,
      [ids.filter(isId)],
    );
    const known = new Set(found.map((row) => row.id));
    return ids.map((id) => known.has(id));
  },
};
