import type { Loader } from '../platform/loading.ts';
import { queryIn } from '../platform/query.ts';
import { place, SealBroken, type SealingKey, unseal } from '../platform/sealed.ts';

/** What colleagues see of a person. */
export interface Face {
  name: string;
  email: string;
}

/** Loads names and e-mails of users, each opened with the user's own key. One that does not open fails alone. */
export const memberFaces: Loader<string, Face> = {
  name: 'memberFaces',
  load: async (ctx, userIds) => {
    const query = queryIn(await ctx.reading());
    const rows = await query<{ id: string; name: Buffer; email: Buffer }>(
      'select id, name, email from "user" where id = any($1::uuid[])',
      [[...userIds]],
    );
    const { keys } = ctx.services;
    await keys.loadPlatformKeys(
      query,
      'USER',
      rows.map((row) => row.id),
    );
    const byId = new Map(rows.map((row) => [row.id, row]));
    return userIds.map((id) => faceOf(id, byId.get(id), keys.knownPlatformKey('USER', id)));
  },
};

function faceOf(id: string, row: { name: Buffer; email: Buffer } | undefined, key: SealingKey | undefined): Face | Error {
  if (!row) return { name: '', email: '' };
  if (!key) return new SealBroken('The key of this value is gone.');
  try {
    const open = (column: 'name' | 'email') => unseal(key.secret, place('', 'user', column, id), row[column]).toString();
    return { name: open('name'), email: open('email') };
  } catch (error) {
    return error as Error;
  }
}
