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

/** Enters a company's customers: contact, key, phone and name index for each. Names repeat only after all pairs were used. */
export async function seedPeople(query: Query, keys: Keys, tenantId: string, company: DemoCompany, count: number): Promise<DemoPerson[]> {
  const people = Array.from({ length: count }, (_, index): DemoPerson & { wrapped: Buffer; identityId: string } => ({
    contactId: newId(),
    identityId: newId(),
    ...keys.newContactKey(tenantId),
    name: `${company.givenNames[index % company.givenNames.length]} ${company.familyNames[(index * 7 + Math.floor(index / 20)) % company.familyNames.length]}`,
    phone: `${company.phonePrefix}${1000 + index * 37}`,
  }));
  const at = (table: string, column: string, row: string) => place(tenantId, table, column, row);
  await query('insert into contact (id, key_id, name) select * from unnest($1::uuid[], $2::uuid[], $3::bytea[])', [
    people.map((person) => person.contactId),
    people.map((person) => person.key.id),
    people.map((person) => seal(person.key, at('contact', 'name', person.contactId), person.name)),
  ]);
  await query('insert into contact_key (id, contact_id, wrapped) select * from unnest($1::uuid[], $2::uuid[], $3::bytea[])', [
    people.map((person) => person.key.id),
    people.map((person) => person.contactId),
    people.map((person) => person.wrapped),
  ]);
  await query(`insert into contact_identity (id, contact_id, kind, value, value_index) select i, c, 'PHONE', v, x from unnest($1::uuid[], $2::uuid[], $3::bytea[], $4::bytea[]) u(i, c, v, x)`, [
    people.map((person) => person.identityId),
    people.map((person) => person.contactId),
    people.map((person) => seal(person.key, at('contact_identity', 'value', person.identityId), person.phone)),
    people.map((person) => keys.blind(tenantId, 'identity.PHONE', person.phone)),
  ]);
  const words = people.flatMap((person) => nameIndexes(keys, tenantId, person.name).map((word) => ({ word, contactId: person.contactId })));
  await query('insert into contact_word (word, contact_id) select * from unnest($1::bytea[], $2::uuid[])', [
    words.map(({ word }) => word),
    words.map(({ contactId }) => contactId),
  ]);
  return people;
}
