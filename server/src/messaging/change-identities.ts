import { newId } from '../platform/ids.ts';
import { place, seal } from '../platform/sealed.ts';
import type { Person } from './find-people.ts';
import { type Identity, identityOf } from './identity.ts';
import type { Window } from './window.ts';

/** WhatsApp knows somebody by another phone or another id from now on. */
export interface IdentityChange {
  tenantId: string;
  numberId: string;
  person: Person;
  /** Meta's time in ms; null is now. */
  at: number | null;
  /** E.164. */
  newPhone?: string;
  newUserId?: string;
  /** What they were known by until now, where WhatsApp says so. E.164. */
  previousPhone?: string;
  previousUserId?: string;
}

// What takes the place of an identity ends it, and no other: a person may have several phones, and an id towards each business. Where nobody says which one it
// was, it is the only one there is. What the change itself brings is not ended by it, also when it comes a second time.
const END = `
  update contact_identity i set ended_at = coalesce(to_timestamp($5::float8 / 1000), cube_now())
  where i.tenant_id = $1 and i.contact_id = $2 and i.kind = $3 and i.value_index <> $4 and i.ended_at is null
    and case when $6::bytea is not null then i.value_index = $6 else not exists (
      select from contact_identity o where o.tenant_id = i.tenant_id and o.contact_id = i.contact_id and o.kind = i.kind and o.ended_at is null
        and o.value_index <> $4 and o.id <> i.id
    ) end
  returning i.id`;

// Since then it has been replaced itself: whoever says once more that it came, speaks of the past.
const REPLACED = `
  select 1 from contact_identity where tenant_id = $1 and kind = $2 and value_index = $3 and ended_at >= coalesce(to_timestamp($4::float8 / 1000), cube_now())`;

// Somebody else's identity stays theirs: to join two people is a person's decision. One that was given up may be taken.
const ADD = `
  insert into contact_identity as i (tenant_id, id, contact_id, kind, value, value_index, account_id)
  values ($1, $2, $3, $4, $5, $6, case when $4 = 'BSUID' then (select account_id from whatsapp_number where tenant_id = $1 and id = $7) end)
  on conflict (tenant_id, kind, value_index) do update set id = excluded.id, contact_id = excluded.contact_id, value = excluded.value, ended_at = null
  where i.ended_at is not null
  returning i.id`;

/** Writes down who is known by what from now on. Such news are rare: one by one. Records CONTACT_CHANGED where something changed. */
export async function changeIdentities(window: Window, changes: readonly IdentityChange[]): Promise<void> {
  for (const change of changes) {
    const { tenantId, person, newPhone, newUserId, previousPhone, previousUserId } = change;
    const { keys } = window;
    let hasChanged = false;
    const known = (kind: 'PHONE' | 'BSUID', value: string | undefined) =>
      value === undefined ? undefined : identityOf(keys, tenantId, kind, value);
    const replaced = [
      [known('PHONE', newPhone), known('PHONE', previousPhone)],
      [known('BSUID', newUserId), known('BSUID', previousUserId)],
    ];
    for (const [next, previous] of replaced) if (next) hasChanged = (await replace(window, change, next, previous)) || hasChanged;
    if (hasChanged) window.events.push({ tenantId, kind: 'CONTACT_CHANGED', subjectId: person.contactId });
  }
}

/** Gives whether anything changed. */
async function replace(
  { query }: Window,
  { tenantId, numberId, person, at }: IdentityChange,
  next: Identity,
  previous?: Identity,
): Promise<boolean> {
  if ((await query(REPLACED, [tenantId, next.kind, next.index, at])).length) return false;
  const id = newId();
  const sealed = seal(person.key, place(tenantId, 'contact_identity', 'value', id), next.value);
  const added = await query(ADD, [tenantId, id, person.contactId, next.kind, sealed, next.index, numberId]);
  const ended = await query(END, [tenantId, person.contactId, next.kind, next.index, at, previous?.index ?? null]);
  return added.length + ended.length > 0;
}
