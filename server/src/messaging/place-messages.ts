import type { Person } from './find-people.ts';
import { type Arrival, findConversations, openConversations, type QuietArrival } from './open-conversations.ts';
import type { NamedMessage } from './receive-messages.ts';
import type { Window } from './window.ts';

interface Wanted extends NamedMessage {
  id: string;
}

/**
 * Gives each message its conversation: those that count open one, reactions and what WhatsApp says stand where the two spoke last. A message without a
 * place is missing in the answer: WhatsApp says something about somebody who never spoke to this number.
 */
export async function placeMessages(
  window: Window,
  wanted: readonly Wanted[],
  personOf: ReadonlyMap<NamedMessage, Person>,
): Promise<Map<NamedMessage, string>> {
  const loud = wanted.filter(({ message }) => message.role === 'MESSAGE');
  const quiet = wanted.filter(({ message }) => message.role !== 'MESSAGE');
  const arrivals = loud.map((one) => arrivalOf(one, personOf));
  const quietArrivals = quiet.map((one): QuietArrival => {
    const isReaction = one.message.role === 'REACTION';
    return { ...arrivalOf(one, personOf), mayBegin: isReaction, opensWindow: isReaction && !one.message.isEcho };
  });
  // In this order: the second sees what the first opened.
  const [opened, found] = await Promise.all([openConversations(window, arrivals), findConversations(window, quietArrivals)]);
  const places = new Map<NamedMessage, string>();
  loud.forEach((one, index) => places.set(one, opened[index] as string));
  quiet.forEach((one, index) => found[index] !== undefined && places.set(one, found[index]));
  return places;
}

function arrivalOf(one: Wanted, personOf: ReadonlyMap<NamedMessage, Person>): Arrival {
  const { tenantId, numberId, at, isEcho, content } = one.message;
  const { contactId } = personOf.get(one) as Person;
  return { tenantId, numberId, at, isEcho, contactId, messageId: one.id, isReferred: content.parts.referral !== undefined };
}
