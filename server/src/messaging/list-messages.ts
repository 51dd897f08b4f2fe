import type { Conversation } from '../conversations/conversation.ts';
import type { Context } from '../platform/context.ts';
import { fault } from '../platform/faults.ts';
import { isId } from '../platform/ids.ts';
import type { Loader } from '../platform/loading.ts';
import { type Page, type PageAsked, pageAsked, toPage } from '../platform/pages.ts';
import type { MessageKind } from './message-enums.ts';
import { Message } from './message.ts';

export interface MessagesWanted extends PageAsked {
  /** Without it, all but reactions, which are shown on the messages they stand on. */
  kinds?: readonly MessageKind[] | null;
}

/** What is read of one conversation: so many messages up or down from a place. */
interface Stretch {
  conversationId: string;
  isBackward: boolean;
  cursor: string | null;
  limit: number;
  /** With commas; null for all but reactions. */
  kinds: string | null;
}

/** Messages of a page when nobody says how many. */
const MESSAGES_BY_DEFAULT = 50;

/** A page of a thread in the order of arrival. Ids are its cursors: they sort by time. */
export async function listMessages(
  ctx: Context,
  conversation: Conversation,
  { kinds, ...asked }: MessagesWanted,
): Promise<Page<Message>> {
  const { isBackward, size, cursor } = pageAsked(asked, MESSAGES_BY_DEFAULT);
  if (cursor && !isId(cursor)) throw fault('BAD_CURSOR', 'This is no cursor of this list.');
  const rows = await ctx.load(stretches, {
    conversationId: conversation.id,
    isBackward,
    cursor,
    limit: size + 1,
    kinds: kinds?.length ? kinds.join() : null,
  });
  return toPage(rows, size, (message) => message.id, { backward: isBackward, continued: Boolean(cursor) });
}

/** Most rows that one operation reads of all threads together: a page of threads with a page of each, and no more. */
const MOST_ROWS = 5000;

/** Stretches of many threads, each along the thread's index: two statements, however many threads. */
const stretches: Loader<Stretch, Message[]> = {
  name: 'stretches',
  load: async (ctx, wanted) => {
    const rows = wanted.reduce((sum, { limit }) => sum + limit, 0);
    if (rows > MOST_ROWS) throw fault('BAD_USER_INPUT', `Ask for up to ${MOST_ROWS} messages at once.`);
    const found = await ctx.read<{ n: string; id: string }>(READ, [
      wanted.map(({ conversationId }) => conversationId),
      wanted.map(({ isBackward }) => isBackward),
      wanted.map(({ cursor, isBackward }) => cursor ?? (isBackward ? LAST : FIRST)),
      wanted.map(({ limit }) => limit),
      wanted.map(({ kinds }) => kinds),
    ]);
    const messages = await (await ctx.reading()).find(Message, { id: { $in: found.map(({ id }) => id) } });
    const byId = new Map(messages.map((message) => [message.id, message]));
    const byStretch = Map.groupBy(found, ({ n }) => Number(n) - 1);
    return wanted.map((_, n) => (byStretch.get(n) ?? []).flatMap(({ id }) => byId.get(id) ?? []));
  },
};

/** Places before and behind all ids. They stand for no place at all: row-level security lets an index be used for a plain comparison only. */
const FIRST = '00000000-0000-0000-0000-000000000000';
const LAST = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

const WANTED = `(case when w.kinds is null then kind <> 'REACTION' else kind = any(string_to_array(w.kinds, ',')) end)`;

const READ = `
  select w.n, m.id from unnest($1::uuid[], $2::bool[], $3::uuid[], $4::int[], $5::text[])
    with ordinality as w(conversation_id, is_backward, place, amount, kinds, n)
  cross join lateral (
    (select id from message where w.is_backward and conversation_id = w.conversation_id and id < w.place and ${WANTED} order by id desc limit w.amount)
    union all
    (select id from message where not w.is_backward and conversation_id = w.conversation_id and id > w.place and ${WANTED} order by id limit w.amount)
  ) m
  order by w.n, case when w.is_backward then null else m.id end, m.id desc`;
