import { newId } from '../platform/ids.ts';
import { findPeople, type Person } from './find-people.ts';
import { type Identity, identitiesOf } from './identity.ts';
import { insertMessages, type PlacedMessage } from './insert-messages.ts';
import { meetPeople } from './meet-people.ts';
import { openConversations } from './open-conversations.ts';
import type { InboundMessage } from './updates.ts';
import { wamidIndex, wamidName } from './wamid.ts';
import type { Window } from './window.ts';

/** A message with the names by which it and its sender are found. */
export interface NamedMessage {
  message: InboundMessage;
  index: Buffer;
  name: string;
  /** The name of the message it answers. */
  replyName?: string;
  identities: Identity[];
}

/** What is stored already of a number of messages. */
export interface FoundMessages {
  /** Each message once. */
  named: NamedMessage[];
  /** Ids of stored messages, by name. */
  known: Map<string, string>;
  /** Contacts, by the names of their identities. */
  people: Map<string, Person>;
}

/** Looks up what is stored of these messages and their senders. Its statements go out before it first waits. */
export async function findMessages(window: Window, messages: readonly InboundMessage[]): Promise<FoundMessages> {
  const { keys } = window;
  const named = new Map<string, NamedMessage>();
  const wanted = new Map<string, { tenantId: string; index: Buffer }>();
  for (const message of messages) {
    const { tenantId, wamid, replyToWamid } = message;
    const index = wamidIndex(keys, tenantId, wamid);
    const name = wamidName(tenantId, index);
    if (named.has(name)) continue;
    const one: NamedMessage = { message, index, name, identities: identitiesOf(keys, tenantId, message.sender) };
    named.set(name, one);
    wanted.set(name, { tenantId, index });
    if (replyToWamid === undefined || replyToWamid === wamid) continue;
    const replyIndex = wamidIndex(keys, tenantId, replyToWamid);
    one.replyName = wamidName(tenantId, replyIndex);
    wanted.set(one.replyName, { tenantId, index: replyIndex });
  }
  const all = [...named.values()];
  const identities = new Map(all.flatMap((one) => one.identities.map((identity) => [identity.name, identity])));
  const [known, people] = await Promise.all([
    knownMessages(window, [...wanted.values()]),
    findPeople(window, [...identities.values()]),
  ]);
  return { named: all, known, people };
}

/** Stores the messages that are new, each once however often it came, and records MESSAGE_CREATED. Throws `Outrun` when others store them too. */
export async function receiveMessages(window: Window, { named, known, people: knownPeople }: FoundMessages): Promise<void> {
  const fresh = named.filter(({ name }) => !known.has(name));
  if (!fresh.length) return;
  const { people, written } = meetPeople(window, fresh, knownPeople);
  const arrivals = fresh.map(({ message, name }, index) => {
    const messageId = newId();
    known.set(name, messageId);
    const { tenantId, numberId, at } = message;
    return { tenantId, numberId, contactId: (people[index] as Person).contactId, messageId, at };
  });
  const [conversationIds] = await Promise.all([openConversations(window, arrivals), written]);
  const placed = fresh.map(({ message, index, replyName }, position): PlacedMessage => {
    const id = (arrivals[position] as { messageId: string }).messageId;
    const replyToId = replyName === undefined ? null : (known.get(replyName) ?? null);
    const { key } = people[position] as Person;
    return { message, id, conversationId: conversationIds[position] as string, key, wamidIndex: index, replyToId };
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
