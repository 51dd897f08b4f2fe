import { NumberQuality } from '../conversations/whatsapp-number.ts';
import type { EventRecord } from '../platform/event-record.ts';
import { newId } from '../platform/ids.ts';
import type { Query } from '../platform/query.ts';
import type { TemplateAtMeta } from '../whatsapp/template-calls.ts';
import type { AccountAccess } from './account-access.ts';
import { TemplateCategory, TemplateStatus } from './template-enums.ts';

// What webhooks said while the list was being read is newer than the list.
const STORE = `
  with listed as (
    select * from jsonb_to_recordset($3::jsonb) as l(id uuid, meta_id text, name text, language text, category text, status text, quality text,
      rejected_reason text, parameter_format text, components jsonb)
  ), written as (
    insert into template as t (tenant_id, id, account_id, meta_id, name, language, category, status, quality, rejected_reason, parameter_format,
      components, status_at, quality_at, category_at)
    select $1, id, $2, meta_id, name, language, category, status, quality, rejected_reason, parameter_format, components, $4, $4, $4 from listed
    order by name, language
    on conflict (tenant_id, account_id, name, language) do update set meta_id = excluded.meta_id, components = excluded.components,
      parameter_format = excluded.parameter_format,
      status = case when t.status_at <= $4 then excluded.status else t.status end,
      rejected_reason = case when t.status_at <= $4 then excluded.rejected_reason else t.rejected_reason end,
      status_note = case when t.status_at <= $4 and t.status <> excluded.status then null else t.status_note end,
      pause_kind = case when t.status_at <= $4 and t.status <> excluded.status then null else t.pause_kind end,
      status_at = greatest(t.status_at, $4),
      quality = case when t.quality_at <= $4 then excluded.quality else t.quality end, quality_at = greatest(t.quality_at, $4),
      category = case when t.category_at <= $4 then excluded.category else t.category end, category_at = greatest(t.category_at, $4),
      updated_at = cube_now()
    where (t.meta_id, t.status, t.quality, t.category, t.rejected_reason, t.parameter_format, t.components) is distinct from
      (excluded.meta_id, excluded.status, excluded.quality, excluded.category, excluded.rejected_reason, excluded.parameter_format, excluded.components)
    returning t.id, t.status
  ), vanished as (
    update template t set status = 'DELETED', status_at = $4, updated_at = cube_now()
    where t.tenant_id = $1 and t.account_id = $2 and $5 and t.meta_id is not null and t.status <> 'DELETED' and t.status_at <= $4
      and not exists (select from listed l where l.name = t.name and l.language = t.language)
    returning t.id, t.status
  ), noted as (
    update whatsapp_account set templates_synced_at = cube_now() where tenant_id = $1 and id = $2
  )
  select id, status from written union all select id, status from vanished`;

/**
 * Makes the account's templates here what Meta has: new ones are entered, and those that are gone there are marked as deleted if the list is whole.
 * `now` of the access is when the list was asked for. Gives what changed.
 */
export async function storeTemplates(
  query: Query,
  tenantId: string,
  { accountId, now }: Pick<AccountAccess, 'accountId' | 'now'>,
  { items, isWhole }: { items: readonly TemplateAtMeta[]; isWhole: boolean },
): Promise<EventRecord[]> {
  const byName = new Map(items.map((item) => [`${item.name} ${item.language}`, rowOf(item)]));
  const rows = await query<{ id: string; status: string }>(STORE, [
    tenantId,
    accountId,
    JSON.stringify([...byName.values()]),
    now,
    isWhole,
  ]);
  return rows.map(({ id: subjectId, status }) => ({ tenantId, kind: 'TEMPLATE_CHANGED', subjectId, status }));
}

function rowOf({
  templateId,
  name,
  language,
  category,
  status,
  quality,
  rejectedReason,
  parameterFormat,
  components,
}: TemplateAtMeta) {
  return {
    id: newId(),
    meta_id: templateId,
    name,
    language,
    // Accounts of old have categories of before 2023.
    category: category in TemplateCategory ? category : 'UTILITY',
    status: status in TemplateStatus && status !== 'DRAFT' ? status : 'PENDING',
    quality: quality && quality in NumberQuality ? quality : 'UNKNOWN',
    rejected_reason: rejectedReason ?? null,
    parameter_format: parameterFormat,
    components,
  };
}
