import { newId } from '../platform/ids.ts';
import type { Keys } from '../platform/keys.ts';
import type { Query } from '../platform/query.ts';
import { place, seal, type SealingKey } from '../platform/sealed.ts';
import { nameIndexes } from '../contacts/name-words.ts';
import type { DemoCompany } from './demo-company.ts';

export interface DemoPerson {
  contactId: string;
  key: SealingKey;
  name: string;
  phone: string;
}

interface NewPerson extends DemoPerson {
  wrapped: Buffer;
  identityId: string;
}

/** Enters a company's customers: contact, key, phone and name index for each. */
export async function seedPeople(
  query: Query,
  keys: Keys,
  tenantId: string,
  company: DemoCompany,
  count: number,
): Promise<DemoPerson[]> {
  const people = Array.from({ length: count }, (_, index) => newPerson(keys, tenantId, company, index));
  await seedContacts(query, tenantId, people);
  await seedPhones(query, keys, tenantId, people);
  await seedWords(query, keys, tenantId, people);
  return people;
}

async function seedContacts(query: Query, tenantId: string, people: NewPerson[]): Promise<void> {
  const ids = people.map((person) => person.contactId);
  const keyIds = people.map((person) => person.key.id);
  const names = people.map(({ key, contactId, name }) => seal(key, place(tenantId, 'contact', 'name', contactId), name));
  await query('insert into contact (id, key_id, name) select * from unnest($1::uuid[], $2::uuid[], $3::bytea[])', [
    ids,
    keyIds,
    names,
  ]);
  const wrapped = people.map((person) => person.wrapped);
  await query('insert into contact_key (id, contact_id, wrapped) select * from unnest($1::uuid[], $2::uuid[], $3::bytea[])', [
    keyIds,
    ids,
    wrapped,
  ]);
}

async function seedPhones(query: Query, keys: Keys, tenantId: string, people: NewPerson[]): Promise<void> {
  await query(
    `insert into contact_identity (id, contact_id, kind, value, value_index)
     select i, c, 'PHONE', v, x from unnest($1::uuid[], $2::uuid[], $3::bytea[], $4::bytea[]) u(i, c, v, x)`,
    [
      people.map((person) => person.identityId),
      people.map((person) => person.contactId),
      people.map(({ key, identityId, phone }) => seal(key, place(tenantId, 'contact_identity', 'value', identityId), phone)),
      people.map((person) => keys.blind(tenantId, 'identity.PHONE', person.phone)),
    ],
  );
}

/** Names repeat only after all pairs were used. */
function newPerson(keys: Keys, tenantId: string, company: DemoCompany, index: number): NewPerson {
  const { givenNames, familyNames, phonePrefix } = company;
  const given = givenNames[index % givenNames.length];
  const family = familyNames[(index * 7 + Math.floor(index / givenNames.length)) % familyNames.length];
  return {
    contactId: newId(),
    identityId: newId(),
    ...keys.newContactKey(tenantId),
    name: `${given} ${family}`,
    phone: `${phonePrefix}${1000 + index * 37}`,
  };
}

async function seedWords(query: Query, keys: Keys, tenantId: string, people: NewPerson[]): Promise<void> {
  const words = people.flatMap(({ name, contactId }) => nameIndexes(keys, tenantId, name).map((word) => ({ word, contactId })));
  await query('insert into contact_word (word, contact_id) select * from unnest($1::bytea[], $2::uuid[])', [
    words.map(({ word }) => word),
    words.map(({ contactId }) => contactId),
  ]);
}
