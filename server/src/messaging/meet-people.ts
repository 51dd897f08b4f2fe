import { newId } from '../platform/ids.ts';
import { addPeople, type NewIdentity, type NewPerson } from './add-people.ts';
import type { Person } from './find-people.ts';
import { isProof } from './identity.ts';
import { nameContacts } from './name-contacts.ts';
import type { NamedMessage } from './receive-messages.ts';
import type { Window } from './window.ts';

/** The contacts behind messages, in the messages' order, and the end of writing what is new about them. */
export interface Met {
  people: Person[];
  /** Rejects with `Outrun` when another process met one of them at the same moment. */
  written: Promise<void>;
}

/**
 * Finds the contact behind each message. Who writes for the first time becomes a contact; who shows another identity, or a first name, gets it.
 * `known` are the contacts that are stored, by the names of their identities; it grows.
 */
export function meetPeople(window: Window, messages: readonly NamedMessage[], known: Map<string, Person>): Met {
  const newcomers: NewPerson[] = [];
  const identities: NewIdentity[] = [];
  const named = new Map<Person, string>();
  const people = messages.map(({ message: { tenantId, numberId, sender }, identities: mine }) => {
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
      identities.push({ identity, person, numberId });
    }
    if (sender.name !== undefined && !person.hasName) {
      named.set(person, sender.name);
      person.hasName = true;
    }
    return person;
  });
  const added = identities.length ? addPeople(window, newcomers, identities) : undefined;
  const given = named.size ? nameContacts(window, named, new Set(newcomers.map(({ person }) => person))) : undefined;
  return { people, written: Promise.all([added, given]).then(() => undefined) };
}
