import type { Context } from '../platform/context.ts';
import type { Keys } from '../platform/keys.ts';
import type { Query } from '../platform/query.ts';
import { place } from '../platform/sealed.ts';
import { RuleBroken } from '../platform/user-errors.ts';

/** What it takes to speak with Meta about an account. */
export interface AccountAccess {
  accountId: string;
  wabaId: string;
  /** The tenant's own Meta app, or the alias for the one that the token belongs to. */
  appId: string;
  token: string;
  /** Only the simulator may see it. */
  isTest: boolean;
  /** The database's time now, to the second, as Meta's clock counts: what Meta says from now on is newer. */
  now: Date;
}

/** The token of one of the account's numbers, preferably of one that sends; null without any. Works for the application and for the worker. */
export async function accountAccess(
  query: Query,
  keys: Keys,
  tenantId: string,
  accountId: string,
): Promise<AccountAccess | null> {
  const [row] = await query<{
    id: string;
    waba_id: string;
    app_id: string | null;
    access_token: Buffer;
    is_test: boolean;
    now: Date | string;
  }>(
    `select n.id, a.waba_id, p.app_id, n.access_token, n.is_test, date_trunc('second', cube_now()) as now
     from whatsapp_account a join whatsapp_number n on n.tenant_id = a.tenant_id and n.account_id = a.id
     left join whatsapp_app p on p.tenant_id = a.tenant_id and p.id = a.app_id
     where a.tenant_id = $1 and a.id = $2 and n.status <> 'DISCONNECTED' order by n.status = 'CONNECTED' desc, n.id limit 1`,
    [tenantId, accountId],
  );
  if (!row) return null;
  await keys.loadTenants(query, [tenantId]);
  const token = keys.open(tenantId, place(tenantId, 'whatsapp_number', 'access_token', row.id), row.access_token);
  return { accountId, wabaId: row.waba_id, appId: row.app_id ?? 'app', token, isTest: row.is_test, now: new Date(row.now) };
}

/** Reads what it takes to speak about an account. Throws NUMBER_UNAVAILABLE when none of its numbers is connected, or only a test number to Meta itself. */
export async function accessOf(ctx: Context, accountId: string): Promise<AccountAccess> {
  const { keys, isMeta } = ctx.services;
  const access = await ctx.command((tx) => accountAccess(tx.query, keys, ctx.me.tenantId, accountId));
  if (!access) throw new RuleBroken('NUMBER_UNAVAILABLE', 'No number of this account is connected.');
  if (access.isTest && isMeta) throw new RuleBroken('NUMBER_UNAVAILABLE', 'A test number never reaches Meta.');
  return access;
}
