import type { Window } from '../platform/window.ts';
import { type AccountNews, isNewWord, type Noticed } from './account-news.ts';
import { type AccountRow, followNews, type NumberRow } from './follow-news.ts';
import { consequencesOf } from './read-news.ts';

const ACCOUNTS = `
  select a.tenant_id, a.id, a.waba_id, a.portfolio_id, a.messaging_limit, a.review_status, a.noticed
  from whatsapp_account a join (select distinct tenant_id, id from unnest($1::uuid[], $2::uuid[]) as u(tenant_id, id)) as asked
    on a.tenant_id = asked.tenant_id and a.id = asked.id
  order by a.tenant_id, a.id for no key update of a`;

const NUMBERS = `
  select n.tenant_id, n.id, n.account_id, n.phone_number_id, n.display_phone, n.name, n.name_status, n.quality, n.throughput, n.is_coexistence, n.status,
    n.paused_by, n.paused_reason, (extract(epoch from n.resumed_at) * 1000)::float8 as resumed_ms
  from whatsapp_number n join unnest($1::uuid[], $2::uuid[]) as a(tenant_id, id) on n.tenant_id = a.tenant_id and n.account_id = a.id
  where n.status <> 'DISCONNECTED' order by n.tenant_id, n.id for no key update of n`;

/**
 * Follows what Meta says about accounts and their numbers: limits, pace, quality, names, reviews, bans, lost access, security. In any order and
 * repetition it comes to the same.
 */
export async function applyAccountNews(window: Window, news: readonly AccountNews[]): Promise<void> {
  const meant = news.filter(({ notice }) => consequencesOf(notice).length);
  if (!meant.length) return;
  const accounts = await window.query<AccountRow & { noticed: Noticed }>(ACCOUNTS, [
    meant.map((one) => one.tenantId),
    meant.map((one) => one.accountId),
  ]);
  const numbers = await window.query<NumberRow>(NUMBERS, [accounts.map((row) => row.tenant_id), accounts.map((row) => row.id)]);
  for (const account of accounts) {
    const ofAccount = numbers.filter((number) => number.tenant_id === account.tenant_id && number.account_id === account.id);
    const mine = meant.filter((one) => one.tenantId === account.tenant_id && one.accountId === account.id);
    const fresh = mine.flatMap((one) =>
      consequencesOf(one.notice)
        .filter(({ thing }) => isNewWord(account.noticed, thing, one))
        .map((consequence) => ({ news: consequence, at: one.at })),
    );
    if (!fresh.length) continue;
    for (const one of fresh) await followNews(window, account, ofAccount, one);
    await window.query('update whatsapp_account set noticed = $3::jsonb where tenant_id = $1 and id = $2', [
      account.tenant_id,
      account.id,
      JSON.stringify(account.noticed),
    ]);
  }
}
