import type { Loader } from '../platform/loading.ts';
import { ContactIdentity } from './contact-identity.ts';

/** A contact's identities, oldest first. */
export const identitiesOf: Loader<string, ContactIdentity[]> = {
  name: 'identitiesOf',
  load: async (ctx, contactIds) => {
    const found = await (
      await ctx.reading()
    ).find(ContactIdentity, { contact: { $in: [...contactIds] } }, { orderBy: { id: 'asc' } });
    const byContact = Map.groupBy(found, (identity) => identity.contact.id);
    return contactIds.map((id) => byContact.get(id) ?? []);
  },
};

/** +966501234567 → +966••••4567: enough to tell people apart, too little to call them. */
export function maskPhone(phone: string): string {
  return phone.length <= 8 ? '••••' : `${phone.slice(0, 4)}••••${phone.slice(-4)}`;
}
