import type { SealingKey } from '../platform/sealed.ts';
import { type Identity, identityName } from './identity.ts';
import type { Window } from './window.ts';

/** A contact as ingest needs it. */
export interface Person {
  tenantId: string;
  contactId: string;
  key: SealingKey;
  hasName: boolean;
}

const FIND = `
  select i.tenant_id, i.kind, i.value_index, i.contact_id, c.key_id, c.name is not null as has_name
  from unnest($1::uuid[], $2::text[], $3::bytea[]) as wanted(tenant_id, kind, value_index)
  join contact_identity i on i.tenant_id = wanted.tenant_id and i.kind = wanted.kind and i.value_index = wanted.value_index and i.ended_at is null
  join contact c on c.tenant_id = i.tenant_id and c.id = i.contact_id`;

interface Row {
  tenant_id: string;
  kind: string;
  value_index: Buffer;
  contact_id: string;
  key_id: string;
  has_name: boolean;
}

/** The contacts behind these identities, by the identities' names. Throws for a contact whose key is gone. */
export async function findPeople({ query, keys }: Window, identities: readonly Identity[]): Promise<Map<string, Person>> {
  const rows = await query<Row>(FIND, [
    identities.map((identity) => identity.tenantId),
    identities.map((identity) => identity.kind),
    identities.map((identity) => identity.index),
  ]);
  for (const [tenantId, mine] of Map.groupBy(rows, (row) => row.tenant_id)) {
    await keys.loadContactKeys(
      query,
      tenantId,
      mine.map((row) => row.key_id),
    );
  }
  const people = new Map<string, Person>();
  const byContact = new Map<string, Person>();
  for (const row of rows) {
    const person = byContact.get(row.contact_id) ?? personOf(row, keys.contactKey(row.tenant_id, row.key_id));
    byContact.set(row.contact_id, person);
    people.set(identityName(row.tenant_id, row.kind, row.value_index), person);
  }
  return people;
}

function personOf(row: Row, key: SealingKey | undefined): Person {
  if (!key) throw new Error('A contact without its key.');
  return { tenantId: row.tenant_id, contactId: row.contact_id, key, hasName: row.has_name };
}
