import { newId } from '../platform/ids.ts';
import type { Person } from './find-people.ts';
import { insertMessages, type PlacedMessage } from './insert-messages.ts';
import { meetPeople } from './meet-people.ts';
import { openConversations } from './open-conversations.ts';
import type { InboundMessage } from './updates.ts';
import { wamidIndex, wamidName } from './wamid.ts';
import type { Window } from './window.ts';

interface Indexed {
  message: InboundMessage;
  index: Buffer;
  name: string;
  /** The name of the message it answers. */
  replyName?: string;
}

/** Stores messages of customers, each once however often it comes, and records MESSAGE_CREATED for those that are new. */
export async function receiveMessages(window: Window, messages: readonly InboundMessage[]): Promise<void> {
  const replies = new Map<string, { tenantId: string; index: Buffer }>();
  const unique = new Map<string, Indexed>();
  for (const message of messages) {
    const { tenantId, wamid, replyToWamid } = message;
    const index = wamidIndex(window.keys, tenantId, wamid);
    const name = wamidName(tenantId, index);
    if (unique.has(name)) continue;
    const indexed: Indexed = { message, index, name };
    if (replyToWamid !== undefined && replyToWamid !== wamid) {
      const replyIndex = wamidIndex(window.keys, tenantId, replyToWamid);
      indexed.replyName = wamidName(tenantId, replyIndex);
      replies.set(indexed.replyName, { tenantId, index: replyIndex });
    }
    unique.set(name, indexed);
  }
  const known = await knownMessages(window, [
    ...[...unique.values()].map(({ message, index }) => ({ tenantId: message.tenantId, index })),
    ...replies.values(),
  ]);
  const fresh = [...unique.values()].filter(({ name }) => !known.has(name));
  if (fresh.length) await storeFresh(window, fresh, known);
}

async function storeFresh(window: Window, fresh: readonly Indexed[], known: Map<string, string>): Promise<void> {
  const people = await meetPeople(
    window,
    fresh.map(({ message }) => message),
  );
  const arrivals = fresh.map(({ message, name }, index) => {
    const messageId = newId();
    known.set(name, messageId);
    const { tenantId, numberId, at } = message;
    return { tenantId, numberId, contactId: (people[index] as Person).contactId, messageId, at };
  });
  const conversationIds = await openConversations(window, arrivals);
  const placed = fresh.map(({ message, index, replyName }, position): PlacedMessage => {
    const id = (arrivals[position] as { messageId: string }).messageId;
    const replyToId = replyName === undefined ? null : (known.get(replyName) ?? null);
    return {
      message,
      id,
      conversationId: conversationIds[position] as string,
      key: (people[position] as Person).key,
      wamidIndex: index,
      replyToId,
    };
  });
  await insertMessages(window, placed);
  for (const { message, id, conversationId } of placed) {
    window.events.push({
      tenantId: message.tenantId,
      kind: 'MESSAGE_CREATED',
      subjectId: id,
      conversationId,
      status: 'RECEIVED',
    });
  }
}

/** The ids of those messages that are stored already, by name. */
async function knownMessages(
  { query }: Window,
  wanted: readonly { tenantId: string; index: Buffer }[],
): Promise<Map<string, string>> {
  const rows = await query<{ tenant_id: string; wamid_index: Buffer; id: string }>(
    `select m.tenant_id, m.wamid_index, m.id from unnest($1::uuid[], $2::bytea[]) as wanted(tenant_id, wamid_index)
     join message m on m.tenant_id = wanted.tenant_id and m.wamid_index = wanted.wamid_index`,
    [wanted.map(({ tenantId }) => tenantId), wanted.map(({ index }) => index)],
  );
  return new Map(rows.map((row) => [wamidName(row.tenant_id, row.wamid_index), row.id]));
}
