import type { Window } from '../platform/window.ts';
import type { PreferenceNotice, UserIdNotice } from '../whatsapp/account-notice.ts';
import { changeIdentities } from './change-identities.ts';
import { findPeople, type Person } from './find-people.ts';
import { type Identity, identitiesOf } from './identity.ts';
import { phoneOf, type Sender } from './updates.ts';

/** What WhatsApp tells about a person beside messages, on a tenant's number. */
export interface PeopleNotice {
  tenantId: string;
  numberId: string;
  notice: PreferenceNotice | UserIdNotice;
}

// What was said later stays, also when what was said before it comes after it. Meta's time, but never from the future.
const PREFER = `
  with said as (
    select tenant_id, id, wants, least(coalesce(to_timestamp(at / 1000), cube_now()), cube_now()) as at
    from unnest($1::uuid[], $2::uuid[], $3::boolean[], $4::float8[]) as u(tenant_id, id, wants, at)
  ), was as (
    select s.*, c.marketing_stopped_at as stopped_at from said s join contact c on c.tenant_id = s.tenant_id and c.id = s.id
    where coalesce(c.marketing_changed_at < s.at, true) order by s.tenant_id, s.id for no key update of c
  ), now as (
    update contact c set marketing_changed_at = was.at, marketing_stopped_at = case when was.wants then null else coalesce(was.stopped_at, was.at) end
    from was where c.tenant_id = was.tenant_id and c.id = was.id
  )
  select tenant_id, id from was where (stopped_at is not null) = wants`;

/** Applies who wants marketing messages, and who has another id. What is about nobody here changes nothing. Needs the tenants' keys at hand. */
export async function applyPeopleNotices(window: Window, notices: readonly PeopleNotice[]): Promise<void> {
  if (!notices.length) return;
  const named = notices.map((one) => ({ ...one, identities: identitiesOf(window.keys, one.tenantId, senderOf(one.notice)) }));
  const people = await findPeople(
    window,
    named.flatMap((one) => one.identities),
  );
  const wishes = new Map<string, { person: Person; wants: boolean; at: number | null }>();
  for (const { tenantId, numberId, notice, identities } of named) {
    const person = personOf(identities, people);
    if (!person) continue;
    const at = notice.at ?? null;
    if (notice.kind === 'user-id') {
      const { userId: newUserId, previousUserId } = notice;
      await changeIdentities(window, [{ tenantId, numberId, person, at, newUserId, previousUserId }]);
      continue;
    }
    const known = wishes.get(person.contactId);
    if (!known || (known.at ?? Infinity) <= (at ?? Infinity)) wishes.set(person.contactId, { person, wants: notice.wants, at });
  }
  if (wishes.size) await prefer(window, [...wishes.values()]);
}

async function prefer(
  { query, events }: Window,
  wishes: readonly { person: Person; wants: boolean; at: number | null }[],
): Promise<void> {
  const changed = await query<{ tenant_id: string; id: string }>(PREFER, [
    wishes.map(({ person }) => person.tenantId),
    wishes.map(({ person }) => person.contactId),
    wishes.map(({ wants }) => wants),
    wishes.map(({ at }) => at),
  ]);
  for (const { tenant_id: tenantId, id: subjectId } of changed) events.push({ tenantId, kind: 'CONTACT_CHANGED', subjectId });
}

function senderOf(notice: PreferenceNotice | UserIdNotice): Sender {
  const userId = notice.kind === 'user-id' ? (notice.previousUserId ?? notice.userId) : notice.userId;
  return { userId, phone: notice.phone === undefined ? undefined : phoneOf(notice.phone) };
}

function personOf(identities: readonly Identity[], people: ReadonlyMap<string, Person>): Person | undefined {
  return identities.map((identity) => people.get(identity.name)).find((person) => person !== undefined);
}
