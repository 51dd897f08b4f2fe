import { newId } from '../platform/ids.ts';
import { place, seal } from '../platform/sealed.ts';
import type { Person } from './find-people.ts';
import type { Identity } from './identity.ts';
import { insistOn, type Window } from './window.ts';

export interface NewPerson {
  person: Person;
  /** The contact's key, as `contact_key` holds it. */
  wrapped: Buffer;
}

export interface NewIdentity {
  identity: Identity;
  person: Person;
  /** The number it was shown to: WhatsApp's id of a person holds towards that number's business. */
  numberId: string;
}

// An identity that was given up belongs to whoever shows it next. One statement: foreign keys are checked at its end, and identities go in one order, so that two processes never wait for one another in a circle.
const ADD = `
  with people as (
    select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bytea[]) as u(tenant_id, id, key_id, wrapped)
  ), contacts as (
    insert into contact (tenant_id, id, key_id) select tenant_id, id, key_id from people
  ), contact_keys as (
    insert into contact_key (tenant_id, id, contact_id, wrapped) select tenant_id, key_id, id, wrapped from people
  )
  insert into contact_identity as i (tenant_id, id, contact_id, kind, value, value_index, account_id)
  select tenant_id, id, contact_id, kind, value, value_index,
    case when kind = 'BSUID' then (select n.account_id from whatsapp_number n where n.tenant_id = u.tenant_id and n.id = u.number_id) end
  from unnest($5::uuid[], $6::uuid[], $7::uuid[], $8::text[], $9::bytea[], $10::bytea[], $11::uuid[])
    as u(tenant_id, id, contact_id, kind, value, value_index, number_id)
  order by tenant_id, kind, value_index
  on conflict (tenant_id, kind, value_index) do update
    set id = excluded.id, contact_id = excluded.contact_id, value = excluded.value, account_id = excluded.account_id, ended_at = null
    where i.ended_at is not null
  returning i.id`;

/** Adds contacts with their keys, and identities of new or known contacts. Throws `Outrun` when one of the identities was taken meanwhile. */
export async function addPeople(
  { query }: Window,
  newcomers: readonly NewPerson[],
  identities: readonly NewIdentity[],
): Promise<void> {
  const rows = identities.map(({ identity, person, numberId }) => {
    const id = newId();
    return {
      id,
      numberId,
      identity,
      person,
      sealed: seal(person.key, place(person.tenantId, 'contact_identity', 'value', id), identity.value),
    };
  });
  const added = await query(ADD, [
    newcomers.map(({ person }) => person.tenantId),
    newcomers.map(({ person }) => person.contactId),
    newcomers.map(({ person }) => person.key.id),
    newcomers.map(({ wrapped }) => wrapped),
    rows.map(({ person }) => person.tenantId),
    rows.map(({ id }) => id),
    rows.map(({ person }) => person.contactId),
    rows.map(({ identity }) => identity.kind),
    rows.map(({ sealed }) => sealed),
    rows.map(({ identity }) => identity.index),
    rows.map(({ numberId }) => numberId),
  ]);
  insistOn(rows.length, added.length, 'identities');
}
