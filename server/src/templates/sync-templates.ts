import { askMeta } from '../conversations/ask-meta.ts';
import { WhatsappAccount } from '../conversations/whatsapp-account.ts';
import { WhatsappNumber } from '../conversations/whatsapp-number.ts';
import { tenantBell } from '../platform/bus.ts';
import type { Context, Services, Transaction } from '../platform/context.ts';
import { findById } from '../platform/find-by-id.ts';
import { enqueueJobs, type Task } from '../platform/jobs.ts';
import type { Query } from '../platform/query.ts';
import { tenantsQuery } from '../platform/tenant-query.ts';
import { RuleBroken } from '../platform/user-errors.ts';
import type { CloudApi } from '../whatsapp/cloud-api.ts';
import { accessOf, accountAccess } from './account-access.ts';
import { storeTemplates } from './store-templates.ts';
import { SYNC_TEMPLATES } from '../conversations/sync-job.ts';

export interface WhichAccount {
  whatsappNumberId?: string | null;
  accountId?: string | null;
}

/** Reads an account's templates from Meta. Throws NOT_FOUND, NUMBER_UNAVAILABLE, META_REFUSED, META_UNREACHABLE. */
export async function syncTemplates(ctx: Context, input: WhichAccount): Promise<{ account: WhatsappAccount }> {
  const { id } = await ctx.command((tx) => findAccount(tx, input));
  const access = await accessOf(ctx, id);
  const list = await askMeta(ctx, (api) => api.listTemplates(access.wabaId, access.token));
  return ctx.command(async (tx) => {
    for (const event of await storeTemplates(tx.query, ctx.me.tenantId, access, list)) tx.record(event);
    return { account: await tx.em.findOneOrFail(WhatsappAccount, { id }, { refresh: true }) };
  });
}

/** The account named by its id or by one of its numbers. Throws BAD_INPUT unless one of them is given, NOT_FOUND. */
export async function findAccount(tx: Transaction, { whatsappNumberId, accountId }: WhichAccount): Promise<WhatsappAccount> {
  if (Boolean(whatsappNumberId) === Boolean(accountId))
    throw new RuleBroken('BAD_INPUT', 'Give either an account or one of its numbers.');
  const number = whatsappNumberId ? await findById(tx.em, WhatsappNumber, whatsappNumberId) : null;
  if (whatsappNumberId && !number) throw new RuleBroken('NOT_FOUND', 'No such WhatsApp number.', ['whatsappNumberId']);
  const account = await findById(tx.em, WhatsappAccount, number?.account.id ?? accountId ?? '');
  if (!account) throw new RuleBroken('NOT_FOUND', 'No such account.', ['accountId']);
  return account;
}

type Parts = Pick<Services, 'database' | 'keys' | 'appendEvents' | 'bus'> & { cloudApi: CloudApi; isMeta?: boolean };

/** The same as a job, whose id is the account's: after a number was connected, once a day, and when Meta speaks of what is not known here. */
export function syncTemplatesTask({ database, keys, appendEvents, bus, cloudApi, isMeta }: Parts): Task {
  return async ({ tenantId, id }) => {
    const access = await tenantsQuery(database.worker, [tenantId], (query) => accountAccess(query, keys, tenantId, id));
    // Disconnected in the meantime; test numbers never reach Meta.
    if (!access || (access.isTest && isMeta)) return;
    const list = await cloudApi.listTemplates(access.wabaId, access.token);
    if (list.kind !== 'done') throw new Error(`Templates could not be read: ${list.kind}.`);
    const events = await tenantsQuery(database.worker, [tenantId], async (query) => {
      const changed = await storeTemplates(query, tenantId, access, list.value);
      if (changed.length) await appendEvents(query, changed);
      return changed;
    });
    if (events.length) bus.ring(tenantBell(tenantId));
  };
}

/** Has the templates of these tenants' accounts read anew that were read more than a day ago, or not yet though they were connected an hour ago. */
export async function enqueueDailySyncs(query: Query, tenantIds: readonly string[]): Promise<void> {
  const rows = await query<{ tenant_id: string; id: string }>(
    `select tenant_id, id from whatsapp_account where tenant_id = any($1::uuid[])
       and coalesce(templates_synced_at < cube_now() - interval '24 hours', created_at < cube_now() - interval '1 hour')`,
    [tenantIds],
  );
  await enqueueJobs(
    query,
    SYNC_TEMPLATES,
    rows.map((row) => ({ tenantId: row.tenant_id, id: row.id })),
  );
}
