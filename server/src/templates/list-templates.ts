import { WhatsappNumber } from '../conversations/whatsapp-number.ts';
import type { Context } from '../platform/context.ts';
import { fault } from '../platform/faults.ts';
import { findById } from '../platform/find-by-id.ts';
import { isId } from '../platform/ids.ts';
import { type Page, pageSize, toPage } from '../platform/pages.ts';
import { Template } from './template.ts';
import type { TemplateCategory, TemplateStatus } from './template-enums.ts';
import { templatesById } from './templates-by-id.ts';

export interface TemplatesWanted {
  search?: string | null;
  status?: TemplateStatus | null;
  category?: TemplateCategory | null;
  whatsappNumberId?: string | null;
  first?: number | null;
  after?: string | null;
}

// Names and texts of templates are the company's own words, not a customer's: they are searched as they lie.
const LIST = `
  select t.id from template t
  where ($1::text is null or t.name ilike $1 or exists (select from jsonb_array_elements(t.components) c where c->>'text' ilike $1))
    and case when $2::text is null then t.status <> 'DELETED' else t.status = $2 end
    and ($3::text is null or t.category = $3) and ($4::uuid is null or t.account_id = $4)
    and ($5::text is null or (t.name, t.language, t.id) > ($5, $6, $7::uuid))
  order by t.name, t.language, t.id limit $8`;

/** A page of templates by name and language. Deleted ones are shown only when asked for. Throws BAD_CURSOR. */
export async function listTemplates(ctx: Context, wanted: TemplatesWanted): Promise<Page<Template>> {
  const size = pageSize(wanted.first, 25);
  const after = wanted.after ? await placeOf(ctx, wanted.after) : null;
  let accountId: string | null = null;
  if (wanted.whatsappNumberId) {
    const number = await findById(await ctx.reading(), WhatsappNumber, wanted.whatsappNumberId);
    if (!number) return toPage<Template>([], size, ({ id }) => id);
    accountId = number.account.id;
  }
  const search = wanted.search?.trim();
  const rows = await ctx.read<{ id: string }>(LIST, [
    search ? `%${search.replace(/[\\%_]/g, '\\$&')}%` : null,
    wanted.status ?? null,
    wanted.category ?? null,
    accountId,
    after?.name ?? null,
    after?.language ?? null,
    after?.id ?? null,
    size + 1,
  ]);
  const templates = await Promise.all(rows.map((row) => ctx.load(templatesById, row.id)));
  const found = templates.filter((template) => template !== null);
  return toPage(found, size, ({ id }) => id, { continued: after !== null });
}

/** Where a template stands in the list; its cursor is its id. */
async function placeOf(ctx: Context, cursor: string): Promise<Pick<Template, 'name' | 'language' | 'id'>> {
  const template = isId(cursor) ? await ctx.load(templatesById, cursor) : null;
  if (!template) throw fault('BAD_CURSOR', 'This is no cursor of this list.');
  return template;
}
