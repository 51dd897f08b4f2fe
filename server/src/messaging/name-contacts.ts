import { nameIndexes } from '../contacts/name-words.ts';
import { place, seal } from '../platform/sealed.ts';
import type { Person } from './find-people.ts';
import type { Window } from './window.ts';

/** A name that a person chose for themselves is shown in lists: longer ones are cut. */
const LONGEST_NAME = 256;

// A name that a colleague typed, or that came first, stays.
const NAME = `
  update contact c set name = named.name
  from unnest($1::uuid[], $2::uuid[], $3::bytea[]) as named(tenant_id, id, name)
  where c.tenant_id = named.tenant_id and c.id = named.id and c.name is null
  returning c.id`;

const WORDS = `
  insert into contact_word (tenant_id, word, contact_id)
  select * from unnest($1::uuid[], $2::bytea[], $3::uuid[]) as u(tenant_id, word, contact_id)
  order by tenant_id, word, contact_id
  on conflict do nothing`;

/** Gives contacts without a name the one that their profile shows, and makes them findable by it. Newcomers' creation is told by their message. */
export async function nameContacts(
  { query, keys, events }: Window,
  names: ReadonlyMap<Person, string>,
  newcomers: ReadonlySet<Person>,
): Promise<void> {
  const given = [...names].map(([person, name]) => ({ person, name: name.slice(0, LONGEST_NAME).toWellFormed() }));
  const rows = await query<{ id: string }>(NAME, [
    given.map(({ person }) => person.tenantId),
    given.map(({ person }) => person.contactId),
    given.map(({ person, name }) => seal(person.key, place(person.tenantId, 'contact', 'name', person.contactId), name)),
  ]);
  const changed = new Set(rows.map((row) => row.id));
  const words: { person: Person; word: Buffer }[] = [];
  for (const { person, name } of given) {
    if (!changed.has(person.contactId)) continue;
    for (const word of nameIndexes(keys, person.tenantId, name)) words.push({ person, word });
    if (!newcomers.has(person)) events.push({ tenantId: person.tenantId, kind: 'CONTACT_CHANGED', subjectId: person.contactId });
  }
  if (!words.length) return;
  await query(WORDS, [
    words.map(({ person }) => person.tenantId),
    words.map(({ word }) => word),
    words.map(({ person }) => person.contactId),
  ]);
}
