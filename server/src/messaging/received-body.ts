import type { Keys } from '../platform/keys.ts';
import type { Query } from '../platform/query.ts';
import { place, type SealingKey, unseal } from '../platform/sealed.ts';

/** Rung when bodies were stored by a process that has no one to read them: workers look at once. */
export const INBOX_BELL = 'inbox';

/** A webhook body as it lies in `webhook_inbox`, opened. */
export interface ReceivedBody {
  /** The day of its partition, `YYYY-MM-DD` in UTC. */
  receivedOn: string;
  /** A UUIDv7: it tells when the body came. */
  id: string;
  raw: Buffer;
  /** The tenants whose own app signed it; without them, the platform's did. */
  appTenants?: readonly string[];
  /** It was done before and is read anew. */
  isReplay?: boolean;
}

/** When a body came, in unix ms. */
export function arrivalOf({ id }: Pick<ReceivedBody, 'id'>): number {
  return Number.parseInt(id.slice(0, 8), 16) * 0x10000 + Number.parseInt(id.slice(9, 13), 16);
}

/** The key of a day's bodies: it goes with the day's partition, and with it all copies become unreadable. */
export function keyOfDay(keys: Keys, query: Query, receivedOn: string): Promise<SealingKey> {
  return keys.platformKey(query, 'WEBHOOK_DAY', receivedOn);
}

/** Where a body is sealed. */
export function placeOfBody(id: string): Buffer {
  return place('', 'webhook_inbox', 'body', id);
}

/** Opens a stored body. Throws `SealBroken`. */
export function openBody(key: SealingKey, id: string, sealed: Buffer): Buffer {
  return unseal(key.secret, placeOfBody(id), sealed);
}
