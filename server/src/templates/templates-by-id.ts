import type { Loader } from '../platform/loading.ts';
import { Template } from './template.ts';

/** Templates by id; null for those that are gone. */
export const templatesById: Loader<string, Template | null> = {
  name: 'templatesById',
  load: async (ctx, ids) => {
    const found = await (await ctx.reading()).find(Template, { id: { $in: [...ids] } });
    const byId = new Map(found.map((template) => [template.id, template]));
    return ids.map((id) => byId.get(id) ?? null);
  },
};
