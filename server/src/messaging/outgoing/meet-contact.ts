import { ContactIdentity, IdentityKind } from '../../contacts/contact-identity.ts';
import type { Context, Transaction } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { place, seal } from '../../platform/sealed.ts';

// One statement: foreign keys are checked at its end. Whoever is first with a phone makes its contact.
const MEET = `
  with met as (
    insert into contact_identity (id, contact_id, kind, value, value_index) values ($1, $2, 'PHONE', $3, $4)
    on conflict (tenant_id, kind, value_index) do nothing returning contact_id
  ), contacts as (
    insert into contact (id, key_id) select contact_id, $5 from met
  ), contact_keys as (
    insert into contact_key (id, contact_id, wrapped) select $5, contact_id, $6 from met
  )
  select contact_id from met`;

/** The contact with this phone, or null. */
export async function findContact(ctx: Context, tx: Transaction, phone: string): Promise<string | null> {
  const { keys } = ctx.services;
  await keys.loadTenants(tx.query, [ctx.me.tenantId]);
  const valueIndex = keys.blind(ctx.me.tenantId, 'identity.PHONE', phone);
  const identity = await tx.em.findOne(ContactIdentity, { kind: IdentityKind.PHONE, valueIndex });
  return identity && identity.contact.id;
}

/** Makes a contact of a phone that nobody has written from yet: we write first. Gives its id. */
export async function meetContact(ctx: Context, tx: Transaction, phone: string): Promise<string> {
  const { keys } = ctx.services;
  const { tenantId } = ctx.me;
  const { key, wrapped } = keys.newContactKey(tenantId);
  const [id, contactId] = [newId(), newId()];
  const sealed = seal(key, place(tenantId, 'contact_identity', 'value', id), phone);
  const index = keys.blind(tenantId, 'identity.PHONE', phone);
  const [made] = await tx.query<{ contact_id: string }>(MEET, [id, contactId, sealed, index, key.id, wrapped]);
  if (!made) return (await findContact(ctx, tx, phone)) as string;
  tx.record({ kind: 'CONTACT_CHANGED', subjectId: contactId });
  return contactId;
}
