import type { Permission } from './permissions.ts';

/** Who is asking, in which tenant, with which rights: all that a rule may know of the caller. */
export interface Viewer {
  tenantId: string;
  kind: 'MEMBER' | 'API_KEY';
  /** The member's or the key's id: idempotency and limits are counted by it. */
  principalId: string;
  /** What a revocation may name: member, session or key. */
  accessIds: readonly string[];
  userId?: string;
  memberId?: string;
  apiKeyId?: string;
  sessionId?: string;
  permissions: ReadonlySet<Permission>;
  /** Equal for equal rights: subscriptions of one key share their execution. */
  permissionKey: string;
  locale: string;
  /** Test keys and demo tenants never reach Meta. */
  isTest: boolean;
}

/** A viewer's rights as one short text. */
export function permissionKey(permissions: Iterable<Permission>): string {
  return [...permissions].sort().join(' ');
}
