import { phoneInGroups } from './phone-groups.ts';

export interface Named {
  name?: string | null;
  phone?: string | null;
  identities?: readonly { kind: string; value?: string | null }[];
}

/** How a contact is called on screen, and whether that is an address, which is written from left to right in any language. */
export function contactName(contact: Named): { text: string; isAddress: boolean } {
  if (contact.name) return { text: contact.name, isAddress: false };
  if (contact.phone) return { text: phoneInGroups(contact.phone), isAddress: true };
  const username = contact.identities?.find(({ kind, value }) => kind === 'USERNAME' && value)?.value;
  if (username) return { text: `@${username.replace(/^@/, '')}`, isAddress: true };
  const other = contact.identities?.find(({ value }) => value)?.value;
  return other ? { text: other, isAddress: true } : { text: '—', isAddress: false };
}
