import type { Context } from '../platform/context.ts';
import { fault } from '../platform/faults.ts';
import { isId } from '../platform/ids.ts';
import { type Page, pageSize, toPage } from '../platform/pages.ts';
import { MessageKind } from './message-enums.ts';
import { Message } from './message.ts';

export interface AllMessagesWanted {
  kinds?: readonly MessageKind[] | null;
  whatsappNumberId?: string | null;
  first?: number | null;
  after?: string | null;
}

const LAST = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

// Kinds other than text are few and have an index of their own; each is walked by itself and the walks are merged.
const OF_KINDS = `
  select id from (
    select m.id from unnest($1::text[]) as k(kind) cross join lateral (
      select id from message where kind = k.kind and kind <> 'TEXT' and id < $2 and ON_NUMBER order by id desc limit $3
    ) m
    union all
    (select id from message where 'TEXT' = any($1::text[]) and kind = 'TEXT' and id < $2 and ON_NUMBER order by id desc limit $3)
  ) found order by id desc limit $3`;
const OF_ALL = `select id from message where kind <> 'REACTION' and $1::text[] is null and id < $2 and ON_NUMBER order by id desc limit $3`;
const ON_NUMBER = 'exists (select from conversation c where c.id = message.conversation_id and c.number_id = $4)';

/** So many of the tenant's messages are looked through for those of one number. */
const WALKED = 1_000;

// A message does not know its number, and an index that does would cost every message something. Of a number that is in use the newest are among the
// tenant's newest…
const OF_NUMBER_RECENT = `
  with recent as materialized (select id, conversation_id from message where kind <> 'REACTION' and id < $1 order by id desc limit ${WALKED})
  select (select count(*) from recent)::int as walked, array(
    select r.id from recent r cross join lateral (select number_id from conversation where id = r.conversation_id limit 1) c
    where c.number_id = $3 order by r.id desc limit $2
  ) as ids`;

// … and of one that is little used, or was long ago, they are in those of its conversations whose newest are the newest: one look into each.
const OF_NUMBER = `
  with newest as (
    select v.id, m.id as message_id from conversation v cross join lateral (
      select id from message where conversation_id = v.id and kind <> 'REACTION' and id < $1 order by id desc limit 1
    ) m
    where v.number_id = $3 order by m.id desc limit $2
  )
  select m.id from newest n cross join lateral (
    select id from message where conversation_id = n.id and kind <> 'REACTION' and id < $1 order by id desc limit $2
  ) m order by m.id desc limit $2`;

/** A page of a tenant's messages, newest first, by kind and number. */
export async function listAllMessages(
  ctx: Context,
  { kinds, whatsappNumberId, first, after }: AllMessagesWanted,
): Promise<Page<Message>> {
  const size = pageSize(first, 25);
  if (after && !isId(after)) throw fault('BAD_CURSOR', 'This is no cursor of this list.');
  if (whatsappNumberId && !isId(whatsappNumberId)) return toPage<Message>([], size, () => '');
  const ids =
    whatsappNumberId && !kinds?.length
      ? await idsOfNumber(ctx, whatsappNumberId, after ?? LAST, size + 1)
      : await idsOf(ctx, { kinds, whatsappNumberId, before: after ?? LAST, most: size + 1 });
  const messages = await (await ctx.reading()).find(Message, { id: { $in: ids } }, { orderBy: { id: 'desc' } });
  return toPage(messages, size, (message) => message.id, { continued: Boolean(after) });
}

async function idsOf(
  ctx: Context,
  {
    kinds,
    whatsappNumberId,
    before,
    most,
  }: Pick<AllMessagesWanted, 'kinds' | 'whatsappNumberId'> & { before: string; most: number },
): Promise<string[]> {
  const sql = (kinds?.length ? OF_KINDS : OF_ALL).replaceAll('ON_NUMBER', whatsappNumberId ? ON_NUMBER : 'true');
  const values = [kinds?.length ? [...new Set(kinds)] : null, before, most];
  const found = await ctx.read<{ id: string }>(sql, whatsappNumberId ? [...values, whatsappNumberId] : values);
  return found.map((row) => row.id);
}

async function idsOfNumber(ctx: Context, numberId: string, before: string, most: number): Promise<string[]> {
  const values = [before, most, numberId];
  const [recent] = await ctx.read<{ walked: number; ids: string[] }>(OF_NUMBER_RECENT, values);
  const { walked, ids } = recent as { walked: number; ids: string[] };
  if (ids.length === most || walked < WALKED) return ids;
  return (await ctx.read<{ id: string }>(OF_NUMBER, values)).map((row) => row.id);
}
