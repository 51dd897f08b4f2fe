import type { Loader } from '../platform/loading.ts';
import { queryIn } from '../platform/query.ts';
import { place, unseal } from '../platform/sealed.ts';

/** What colleagues see of a person. */
export interface Face {
  name: string;
  email: string;
}

/** Loads names and e-mails of users, each opened with the user's own key. */
export const memberFaces: Loader<string, Face> = {
  name: 'memberFaces',
  load: async (ctx, userIds) => {
    const query = queryIn(await ctx.reading());
    const rows = await query<{ id: string; name: Buffer; email: Buffer }>(
      'select id, name, email from "user" where id = any($1::uuid[])',
      [[...userIds]],
    );
    const faces = new Map<string, Face>();
    for (const { id, name, email } of rows) {
      const { secret } = await ctx.services.keys.platformKey(query, 'USER', id);
      const open = (column: string, sealed: Buffer) => unseal(secret, place('', 'user', column, id), sealed).toString();
      faces.set(id, { name: open('name', name), email: open('email', email) });
    }
    return userIds.map((id) => faces.get(id) ?? { name: '', email: '' });
  },
};
