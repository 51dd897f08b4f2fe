import type { SealingKey } from '../platform/sealed.ts';
import type { Identity } from './identity.ts';
import type { Window } from './window.ts';

/** A contact as ingest needs it. */
export interface Person {
  tenantId: string;
  contactId: string;
  key: SealingKey;
  hasName: boolean;
}

const FIND = `
  select wanted.n::int, i.contact_id, c.key_id, c.name is not null as has_name
  from unnest($1::uuid[], $2::text[], $3::bytea[]) with ordinality as wanted(tenant_id, kind, value_index, n)
  join contact_identity i on i.tenant_id = wanted.tenant_id and i.kind = wanted.kind and i.value_index = wanted.value_index and i.ended_at is null
  join contact c on c.tenant_id = i.tenant_id and c.id = i.contact_id`;

interface Row {
  /** The place of the identity among those that were asked for, from 1. */
  n: number;
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
  const asked = (row: Row) => identities[row.n - 1] as Identity;
  for (const [tenantId, mine] of Map.groupBy(rows, (row) => asked(row).tenantId)) {
    await keys.loadContactKeys(
      query,
      tenantId,
      mine.map((row) => row.key_id),
    );
  }
  const people = new Map<string, Person>();
  const byContact = new Map<string, Person>();
  for (const row of rows) {
    const { tenantId, name } = asked(row);
    const person = byContact.get(row.contact_id) ?? personOf(tenantId, row, keys.contactKey(tenantId, row.key_id));
    byContact.set(row.contact_id, person);
    people.set(name, person);
  }
  return people;
}

function personOf(tenantId: string, row: Row, key: SealingKey | undefined): Person {
  if (!key) throw new Error('A contact without its key.');
  return { tenantId, contactId: row.contact_id, key, hasName: row.has_name };
}
