import { newId } from '../platform/ids.ts';
import { applyWaitingChanges } from './apply-changes.ts';
import { changeIdentities, type IdentityChange } from './change-identities.ts';
import { findPeople, type Person } from './find-people.ts';
import { type Identity, identitiesOf } from './identity.ts';
import { insertMessages, type PlacedMessage } from './insert-messages.ts';
import { meetPeople } from './meet-people.ts';
import { joinReplies, keepReplies } from './join-replies.ts';
import { insertReceivedMedia } from './media/receive-media.ts';
import type { MediaKind } from './media/media.ts';
import { findOtherAttempts } from './other-attempts.ts';
import { placeMessages } from './place-messages.ts';
import { type InboundMessage, phoneOf } from './updates.ts';
import { wamidIndex, wamidName } from './wamid.ts';
import type { Window } from './window.ts';

/** A message with the names by which it and its sender are found. */
export interface NamedMessage {
  message: InboundMessage;
  index: Buffer;
  name: string;
  /** The name of the message it answers, or that it is a reaction to. */
  replyName?: string;
  identities: Identity[];
}

/** Where a message is stored. */
export interface StoredPlace {
  id: string;
  conversationId: string;
}

/** What is stored already of a number of messages. */
export interface FoundMessages {
  /** Each message once. */
  named: NamedMessage[];
  /** Stored messages, by name. */
  known: Map<string, StoredPlace>;
  /** Names of messages that edits, revocations, quotes or reactions wait for. */
  awaited: Set<string>;
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
  const [stored, people] = await Promise.all([
    findStored(window, [...wanted.values()]),
    findPeople(window, [...identities.values()]),
  ]);
  const lost = all.filter(({ replyName }) => replyName !== undefined && !stored.known.has(replyName) && !named.has(replyName));
  if (lost.length) await findByOtherAttempts(window, lost, { wanted, known: stored.known });
  return { named: all, ...stored, people };
}

/** Finds what is answered by WhatsApp's ids of attempts that are not the ones shown. */
async function findByOtherAttempts(
  window: Window,
  lost: readonly NamedMessage[],
  { wanted, known }: { wanted: ReadonlyMap<string, { tenantId: string; index: Buffer }>; known: Map<string, StoredPlace> },
): Promise<void> {
  const found = await findOtherAttempts(
    window,
    lost.flatMap(({ replyName = '' }) => wanted.get(replyName) ?? []),
  );
  for (const [name, { messageId: id, conversationId }] of found) known.set(name, { id, conversationId });
}

/**
 * Stores the messages that are new, each once however often it came, with their files and what waited for them, and records what happened. Throws
 * `Outrun` when others store them too.
 */
export async function receiveMessages(window: Window, found: FoundMessages): Promise<void> {
  const { named, known, people: knownPeople } = found;
  const fresh = named.filter(({ name }) => !known.has(name)).map((one) => ({ ...one, id: newId() }));
  if (!fresh.length) return;
  const { people, written } = meetPeople(
    window,
    fresh.filter(({ message }) => message.role !== 'SYSTEM'),
    knownPeople,
  );
  const personOf = new Map<NamedMessage, Person>();
  let met = 0;
  for (const one of fresh) {
    // What WhatsApp says about somebody whom nobody here knows is about nobody.
    const person = one.message.role === 'SYSTEM' ? knownPersonOf(one, knownPeople) : people[met++];
    if (person) personOf.set(one, person);
  }
  const wanted = fresh.filter((one) => personOf.has(one));
  const [conversations] = await Promise.all([placeMessages(window, wanted, personOf), written]);
  const placed = wanted.flatMap((one): PlacedMessage[] => {
    const conversationId = conversations.get(one);
    if (conversationId === undefined) return [];
    known.set(one.name, { id: one.id, conversationId });
    const { key, contactId } = personOf.get(one) as Person;
    return [{ ...one, conversationId, contactId, key, replyToId: null, mediaId: one.message.media ? newId() : null }];
  });
  for (const each of placed) each.replyToId = (each.replyName && known.get(each.replyName)?.id) || null;
  await insertFiles(window, placed);
  await insertMessages(window, placed);
  for (const each of placed) tell(window, each, known);
  await settleWaiting(window, placed, found.awaited);
  const notices = wanted.filter(({ message }) => message.role === 'SYSTEM');
  if (notices.length)
    await changeIdentities(
      window,
      notices.map((one) => changeOf(one, personOf.get(one) as Person)),
    );
}

/** Applies what waited for these messages, and notes what some of them wait for. */
async function settleWaiting(window: Window, placed: readonly PlacedMessage[], names: ReadonlySet<string>): Promise<void> {
  const awaited = placed.filter(({ name }) => names.has(name));
  if (awaited.length) {
    await applyWaitingChanges(window, awaited);
    await joinReplies(
      window,
      awaited.map(({ message: { tenantId }, index }) => ({ tenantId, index })),
    );
  }
  await keepReplies(window, placed);
}

function knownPersonOf({ identities }: NamedMessage, people: ReadonlyMap<string, Person>): Person | undefined {
  return identities.map((identity) => people.get(identity.name)).find((person) => person !== undefined);
}

async function insertFiles(window: Window, placed: readonly PlacedMessage[]): Promise<void> {
  const files = placed.flatMap(({ message: { tenantId, numberId, content, media }, mediaId, contactId, key }) =>
    media && mediaId !== null
      ? [{ tenantId, numberId, id: mediaId, contactId, kind: content.kind as MediaKind, media, key }]
      : [],
  );
  if (files.length) await insertReceivedMedia(window, files);
}

/** A message is told as it is; a reaction also as a change of the message it stands on. */
function tell({ events }: Window, placed: PlacedMessage, known: ReadonlyMap<string, StoredPlace>): void {
  const { message, id, conversationId, replyName } = placed;
  const { tenantId, role, isEcho } = message;
  const arrival = role === 'MESSAGE' ? (isEcho ? 'ECHO' : 'UNREAD') : undefined;
  const status = isEcho ? 'SENT' : 'RECEIVED';
  events.push({ tenantId, kind: 'MESSAGE_CREATED', subjectId: id, conversationId, status, arrival });
  const target = role === 'REACTION' && replyName !== undefined ? known.get(replyName) : undefined;
  if (target) events.push({ tenantId, kind: 'MESSAGE_UPDATED', subjectId: target.id, conversationId: target.conversationId });
}

function changeOf({ message: { tenantId, numberId, at, content, sender } }: NamedMessage, person: Person): IdentityChange {
  const { newPhone, newUserId, previousUserId } = content.parts.system ?? {};
  return {
    tenantId,
    numberId,
    person,
    at,
    newPhone: newPhone && phoneOf(newPhone),
    newUserId,
    previousPhone: sender.phone,
    previousUserId,
  };
}

// Messages that are stored, and changes that came before the message they are about.
const FIND = `
  select m.tenant_id, m.wamid_index, m.id, m.conversation_id from unnest($1::uuid[], $2::bytea[]) as wanted(tenant_id, wamid_index)
  join message m on m.tenant_id = wanted.tenant_id and m.wamid_index = wanted.wamid_index
  union all
  select c.tenant_id, c.original_index, null, null from unnest($1::uuid[], $2::bytea[]) as wanted(tenant_id, wamid_index)
  join message_change c on c.tenant_id = wanted.tenant_id and c.original_index = wanted.wamid_index and c.applied_at is null`;

async function findStored(
  { query }: Window,
  wanted: readonly { tenantId: string; index: Buffer }[],
): Promise<Pick<FoundMessages, 'known' | 'awaited'>> {
  const rows = await query<{ tenant_id: string; wamid_index: Buffer; id: string | null; conversation_id: string }>(FIND, [
    wanted.map(({ tenantId }) => tenantId),
    wanted.map(({ index }) => index),
  ]);
  const known = new Map<string, StoredPlace>();
  const awaited = new Set<string>();
  for (const { tenant_id, wamid_index, id, conversation_id: conversationId } of rows) {
    const name = wamidName(tenant_id, wamid_index);
    if (id === null) awaited.add(name);
    else known.set(name, { id, conversationId });
  }
  return { known, awaited };
}
