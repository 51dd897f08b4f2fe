import type { Context } from '../platform/context.ts';
import { isId } from '../platform/ids.ts';
import { fault } from '../platform/faults.ts';
import { type Page, pageSize, toPage } from '../platform/pages.ts';
import { type Query, queryIn } from '../platform/query.ts';
import { readPhone } from '../platform/scalars.ts';
import { Contact } from './contact.ts';
import { MOST_WORDS, searchWords } from './name-words.ts';

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
    { mergedIntoId: null },
    after ? { id: { $lt: after } } : {},
    ...(search?.trim() ? [{ id: { $in: await survivors(ctx, await matching(ctx, search, size, after)) } }] : []),
  ];
  const rows = await em.find(Contact, { $and: where }, { orderBy: { id: 'desc' }, limit: size + 1 });
  return toPage(rows, size, (contact) => contact.id, { continued: Boolean(after) });
}

/** Who was found by a name from before a merge is the one that the merge left. */
async function survivors(ctx: Context, ids: string[]): Promise<string[]> {
  const rows = await ctx.read<{ id: string }>(
    'select coalesce(merged_into_id, id) as id from contact where id = any($1::uuid[])',
    [ids],
  );
  return [...new Set(rows.map((row) => row.id))];
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
  const words = searchWords(search).slice(0, MOST_WORDS);
  return withWords(
    query,
    words.map((word) => keys.blind(tenantId, 'contact.word', word)),
    size,
    after,
  );
}

/** Walks along the contacts of the rarest word, newest first, and keeps those that carry the others too: it may stop when the page is full. */
async function withWords(query: Query, words: Buffer[], size: number, after?: string): Promise<string[]> {
  const [rarest, ...others] = words.length > 1 ? await rarestFirst(query, words) : words;
  if (!rarest) return [];
  const rows = await query<{ contact_id: string }>(
    `select a.contact_id from contact_word a where a.word = $1 and ($2::uuid is null or a.contact_id < $2::uuid)
       and (select count(*) from contact_word b where b.word = any($3::bytea[]) and b.contact_id = a.contact_id) = $4
     order by a.contact_id desc limit $5`,
    [rarest, after ?? null, others, others.length, size + 1],
  );
  return rows.map((row) => row.contact_id);
}

/** Words by how many contacts carry them; what a thousand carry is as common as anything. In the index's order, or the planner may read the table. */
async function rarestFirst(query: Query, words: Buffer[]): Promise<Buffer[]> {
  const rows = await query<{ word: Buffer }>(
    `select w.word from unnest($1::bytea[]) as w(word)
     order by (select count(*) from (select 1 from contact_word c where c.word = w.word order by c.contact_id limit 1000) as found)`,
    [words],
  );
  return rows.map((row) => row.word);
}
