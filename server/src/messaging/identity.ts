import type { Keys } from '../platform/keys.ts';
import type { Sender } from './updates.ts';

export type IdentityKind = 'BSUID' | 'PHONE' | 'USERNAME';

/** One way of knowing a person, as it is looked up. */
export interface Identity {
  tenantId: string;
  kind: IdentityKind;
  value: string;
  /** Blind index of the value. */
  index: Buffer;
  /** Equal for equal identities, for use as a key in memory. */
  name: string;
}

/**
 * The sender's identities, the strongest first: WhatsApp's own id of a person stays theirs, a phone may pass to someone else. A user name
 * is only noted, since anyone may take one that another gave up.
 */
export function identitiesOf(keys: Keys, tenantId: string, { userId, phone, username }: Sender): Identity[] {
  const found: Identity[] = [];
  if (userId !== undefined) found.push(identityOf(keys, tenantId, 'BSUID', userId));
  if (phone !== undefined) found.push(identityOf(keys, tenantId, 'PHONE', phone));
  if (username !== undefined) found.push(identityOf(keys, tenantId, 'USERNAME', username));
  return found;
}

/** Whether this identity alone says who somebody is. */
export function isProof({ kind }: Identity): boolean {
  return kind !== 'USERNAME';
}

/** An identity with its blind index. Needs the tenant's keys at hand. */
export function identityOf(keys: Keys, tenantId: string, kind: IdentityKind, value: string): Identity {
  const index = keys.blind(tenantId, `identity.${kind}`, value);
  return { tenantId, kind, value, index, name: identityName(tenantId, kind, index) };
}

/** The name, in memory, of what `contact_identity` holds. */
export function identityName(tenantId: string, kind: string, index: Buffer): string {
  return `${tenantId}${kind}${index.toString('latin1')}`;
}
