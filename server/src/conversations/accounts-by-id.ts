import type { Loader } from '../platform/loading.ts';
import { WhatsappAccount } from './whatsapp-account.ts';

/** Accounts by id; null for those that are gone. */
export const accountsById: Loader<string, WhatsappAccount | null> = {
  name: 'accountsById',
  load: async (ctx, ids) => {
    const found = await (await ctx.reading()).find(WhatsappAccount, { id: { $in: [...ids] } });
    const byId = new Map(found.map((account) => [account.id, account]));
    return ids.map((id) => byId.get(id) ?? null);
  },
};
