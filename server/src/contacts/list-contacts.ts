import type { Context } from '../platform/context.ts';
import { isId } from '../platform/ids.ts';
import { fault } from '../platform/faults.ts';
import { type Page, pageSize, toPage } from '../platform/pages.ts';
import { queryIn } from '../platform/query.ts';
import { readPhone } from '../platform/scalars.ts';
import { Contact } from './contact.ts';
import { searchWords } from './name-words.ts';

export interface ContactsWanted {
  search?: string;
  first?: number;
  after?: string;
}

/** A page of contacts, newest first. Only blind indexes are compared: no name or phone is opened to search. */
export async function listContacts(ctx: Context, { search, first, after }: ContactsWanted): Promise<Page<Contact>> {
  const size = pageSize(first, 25);
  if (after !== undefined && after !== null && !isId(after)) throw fault('BAD_CURSOR', 'This is no cursor of this list.');
  const em = await ctx.reading();
  const where = [
    after ? { id: { $lt: after } } : {},
    ...(search?.trim() ? [{ id: { $in: await matching(ctx, search, size, after) } }] : []),
  ];
  const rows = await em.find(Contact, { $and: where }, { orderBy: { id: 'desc' }, limit: size + 1 });
  return toPage(rows, size, (contact) => contact.id, { continued: Boolean(after) });
}

/** Ids of contacts that carry the phone, or all of the words, newest first. */
async function matching(ctx: Context, search: string, size: number, after?: string): Promise<string[]> {
  const { keys } = ctx.services;
  const { tenantId } = ctx.me;
  const query = queryIn(await ctx.reading());
  await keys.loadTenants(query, [tenantId]);
  const phone = readPhone(search);
  if (phone) {
    const rows = await query<{ contact_id: string }>(
      `select contact_id from contact_identity where kind = 'PHONE' and value_index = $1`,
      [keys.blind(tenantId, 'identity.PHONE', phone)],
    );
    return rows.map((row) => row.contact_id);
  }
  const words = searchWords(search).map((word) => keys.blind(tenantId, 'contact.word', word));
  if (!words.length) return [];
  const rows = await query<{ contact_id: string }>(
    `select contact_id from contact_word where word = any($1::bytea[]) and ($2::uuid is null or contact_id < $2::uuid)
     group by contact_id having count(*) = $3 order by contact_id desc limit $4`,
    [words, after ?? null, words.length, size + 1],
  );
  return rows.map((row) => row.contact_id);
}
