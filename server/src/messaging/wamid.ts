import type { Keys } from '../platform/keys.ts';

/** Blind index of WhatsApp's id of a message, which has the customer's phone in it. Needs the tenant's keys at hand. */
export function wamidIndex(keys: Keys, tenantId: string, wamid: string): Buffer {
  return keys.blind(tenantId, 'message.wamid', wamid);
}

/** The name, in memory, of a message by its blind index. */
export function wamidName(tenantId: string, index: Buffer): string {
  return `${tenantId}${index.toString('latin1')}`;
}
