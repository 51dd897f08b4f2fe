import { newId } from '../platform/ids.ts';
import { addPeople, type NewIdentity, type NewPerson } from './add-people.ts';
import { findPeople, type Person } from './find-people.ts';
import { identitiesOf, isProof } from './identity.ts';
import { nameContacts } from './name-contacts.ts';
import type { InboundMessage } from './updates.ts';
import type { Window } from './window.ts';

/**
 * Finds the contact behind each message, in the messages' order. Who writes for the first time becomes a contact; who shows another identity,
 * or a first name, gets it. Throws `Outrun` when another process met one of them at the same moment.
 */
export async function meetPeople(window: Window, messages: readonly InboundMessage[]): Promise<Person[]> {
  const shown = messages.map(({ tenantId, sender }) => ({
    tenantId,
    name: sender.name,
    identities: identitiesOf(window.keys, tenantId, sender),
  }));
  const wanted = new Map(shown.flatMap(({ identities }) => identities.map((identity) => [identity.name, identity])));
  const known = await findPeople(window, [...wanted.values()]);
  const newcomers: NewPerson[] = [];
  const identities: NewIdentity[] = [];
  const named = new Map<Person, string>();
  const people = shown.map(({ tenantId, name, identities: mine }) => {
    let person = mine
      .filter(isProof)
      .map((identity) => known.get(identity.name))
      .find((found) => found !== undefined);
    if (!person) {
      const { key, wrapped } = window.keys.newContactKey(tenantId);
      person = { tenantId, contactId: newId(), key, hasName: false };
      newcomers.push({ person, wrapped });
    }
    for (const identity of mine) {
      // One that is another's already stays theirs: joining two people is a person's decision.
      if (known.has(identity.name)) continue;
      known.set(identity.name, person);
      identities.push({ identity, person });
    }
    if (name !== undefined && !person.hasName) {
      named.set(person, name);
      person.hasName = true;
    }
    return person;
  });
  if (identities.length) await addPeople(window, newcomers, identities);
  if (named.size) await nameContacts(window, named, new Set(newcomers.map(({ person }) => person)));
  return people;
}
