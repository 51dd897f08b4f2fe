import { enqueueJobs } from '../platform/jobs.ts';
import type { Window } from '../platform/window.ts';
import { SYNC_TEMPLATES } from '../conversations/sync-job.ts';
import { gatherNews, STATUS_RANKS, type TemplateNews } from './template-news.ts';

// What is older than what is known changes nothing, so that replays and any order come to the same.
const APPLY = `
  with news as (
    select * from jsonb_to_recordset($1::jsonb) as n(tenant_id uuid, account_id uuid, meta_id text, name text, language text,
      status text, status_ms float8, status_rank int, reason text, note text, pause text, quality text, quality_ms float8,
      category text, category_ms float8, coming text, coming_ms float8)
  ), meant as (
    select t.tenant_id, t.id, t.status as was, t.status_at, t.quality_at, t.category_at, n.meta_id, n.status, n.status_rank, n.reason, n.note, n.pause,
      n.quality, n.category, n.coming, to_timestamp(coming_ms / 1000) as coming_at,
      case when n.status is not null then coalesce(to_timestamp(status_ms / 1000), cube_now()) end as said_status_at,
      case when n.quality is not null then coalesce(to_timestamp(quality_ms / 1000), cube_now()) end as said_quality_at,
      case when n.category is not null then coalesce(to_timestamp(category_ms / 1000), cube_now()) end as said_category_at
    from news n join template t on t.tenant_id = n.tenant_id and t.account_id = n.account_id
      and (t.meta_id = n.meta_id or (t.meta_id is null and t.name = n.name and t.language = n.language))
    order by t.tenant_id, t.id for no key update of t
  ), judged as (
    select m.*,
      coalesce(said_status_at > status_at or (said_status_at = status_at and status_rank > array_position($2::text[], was) - 1), false) as has_status,
      coalesce(said_quality_at > quality_at, false) as has_quality,
      coalesce(said_category_at > category_at, false) as has_category
    from meant m
  ), changed as (
    update template t set meta_id = j.meta_id,
      status = case when has_status then j.status else t.status end,
      status_at = case when has_status then said_status_at else t.status_at end,
      rejected_reason = case when has_status then j.reason else t.rejected_reason end,
      status_note = case when has_status then j.note else t.status_note end,
      pause_kind = case when has_status then j.pause else t.pause_kind end,
      quality = case when has_quality then j.quality else t.quality end,
      quality_at = case when has_quality then said_quality_at else t.quality_at end,
      category = case when has_category then j.category else t.category end,
      previous_category = case when has_category and j.category <> t.category then t.category else t.previous_category end,
      upcoming_category = case when has_category then j.coming else t.upcoming_category end,
      upcoming_at = case when has_category then j.coming_at else t.upcoming_at end,
      category_at = case when has_category then said_category_at else t.category_at end,
      updated_at = cube_now()
    from judged j where t.tenant_id = j.tenant_id and t.id = j.id and (has_status or has_quality or has_category)
    returning t.tenant_id, t.id, t.status, t.status = 'APPROVED' and not jsonb_path_exists(t.components, '$[*] ? (@.type == "BODY" && exists (@.text))') as is_textless
  )
  select n.tenant_id, n.account_id, n.meta_id, n.status as said, m.id is not null as is_known, c.id as changed_id, c.status, c.is_textless
  from news n left join meant m on m.tenant_id = n.tenant_id and m.meta_id = n.meta_id left join changed c on c.tenant_id = m.tenant_id and c.id = m.id`;

interface Applied {
  tenant_id: string;
  account_id: string;
  meta_id: string;
  said: string | null;
  is_known: boolean;
  changed_id: string | null;
  status: string;
  is_textless: boolean | null;
}

/**
 * Follows what Meta says about templates: statuses, quality, categories, in any order and repetition. Accounts with a template that is not known
 * here, or whose text was changed at Meta, are read anew by a job.
 */
export async function applyTemplateNotices(window: Window, news: readonly TemplateNews[]): Promise<void> {
  const changes = gatherNews(news);
  if (!changes.length) return;
  const rows = await window.query<Applied>(APPLY, [JSON.stringify(changes), STATUS_RANKS]);
  for (const { tenant_id: tenantId, changed_id: subjectId, status } of rows)
    if (subjectId) window.events.push({ tenantId, kind: 'TEMPLATE_CHANGED', subjectId, status });
  const stale = new Map<string, { tenantId: string; id: string }>();
  const note = (tenantId: string, id: string) => stale.set(tenantId + id, { tenantId, id });
  for (const change of changes) if (change.isStale) note(change.tenant_id, change.account_id);
  // The text of an authentication template is written by Meta when it approves it.
  for (const row of rows) if (row.is_textless || (!row.is_known && row.said !== 'DELETED')) note(row.tenant_id, row.account_id);
  await enqueueJobs(window.query, SYNC_TEMPLATES, [...stale.values()]);
}
