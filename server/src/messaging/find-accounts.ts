import { accountDigest } from '../conversations/enter-number.ts';
import type { Query } from '../platform/query.ts';

/** A tenant's row of one of Meta's WhatsApp Business Accounts. */
export interface AccountOwner {
  tenantId: string;
  accountId: string;
}

/** Finds who has connected these accounts, by Meta's ids: it may be several tenants. Asked for each time: news about accounts are rare. */
export async function findAccounts(
  query: Query,
  wabaIds: ReadonlySet<string>,
): Promise<ReadonlyMap<string, readonly AccountOwner[]>> {
  const found = new Map<string, AccountOwner[]>();
  if (!wabaIds.size) return found;
  const byDigest = new Map([...wabaIds].map((id) => [accountDigest(id).toString('hex'), id]));
  const rows = await query<{ digest: Buffer; tenant_id: string; id: string }>(
    `select digest, tenant_id, id from lookup where kind = 'WABA' and digest = any($1::bytea[]) order by tenant_id`,
    [[...byDigest.keys()].map((hex) => Buffer.from(hex, 'hex'))],
  );
  for (const { digest, tenant_id: tenantId, id: accountId } of rows) {
    const wabaId = byDigest.get(digest.toString('hex'));
    if (wabaId !== undefined) found.set(wabaId, [...(found.get(wabaId) ?? []), { tenantId, accountId }]);
  }
  return found;
}
