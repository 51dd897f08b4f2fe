import { askMeta } from '../conversations/ask-meta.ts';
import type { Context, Transaction } from '../platform/context.ts';
import { findById } from '../platform/find-by-id.ts';
import { RuleBroken } from '../platform/user-errors.ts';
import type { TemplateDefinition } from '../whatsapp/template-calls.ts';
import { accessOf } from './account-access.ts';
import type { EditTemplateInput } from './create-template-input.ts';
import { definitionOf } from './definition-of.ts';
import { Template } from './template.ts';
import { TemplateStatus } from './template-enums.ts';
import { checkFiles, type TemplateFiles, withHandles } from './template-files.ts';

/**
 * Changes a template; one that Meta has is looked at again. Throws what `createTemplate` throws, and TEMPLATE_LOCKED where Meta allows no change: only
 * approved, rejected and paused ones, approved ones once in 24 hours, 10 times in 30 days, and never their category.
 */
export async function editTemplate(ctx: Context, input: EditTemplateInput): Promise<{ template: Template }> {
  const { template, definition, files } = await ctx.command((tx) => checkEdit(tx, input));
  const { id } = template;
  const { category } = definition;
  if (template.status === TemplateStatus.DRAFT) return ctx.command((tx) => keep(tx, id, definition, files));
  const access = await accessOf(ctx, template.account.id);
  const components = await withHandles(ctx, access, definition.components, files);
  const change = {
    components,
    ...(category !== template.category && { category }),
    ...(definition.ttlSeconds !== undefined && { ttlSeconds: definition.ttlSeconds }),
  };
  await askMeta(ctx, (api) => api.editTemplate(template.metaId as string, access.token, change));
  return ctx.command(async (tx) => {
    await tx.query(
      `update template set approved_edits = case when $2 then array_append(approved_edits, cube_now()) else approved_edits end,
         status = case when status_at <= $3 then 'PENDING' else status end, status_at = greatest(status_at, $3)
       where id = $1`,
      [id, template.status === TemplateStatus.APPROVED, access.now],
    );
    return keep(tx, id, definition, files);
  });
}

interface Edit {
  template: Template;
  definition: TemplateDefinition;
  files: TemplateFiles;
}

const EDITABLE: readonly TemplateStatus[] = [
  TemplateStatus.DRAFT,
  TemplateStatus.APPROVED,
  TemplateStatus.REJECTED,
  TemplateStatus.PAUSED,
];

async function checkEdit(tx: Transaction, input: EditTemplateInput): Promise<Edit> {
  const template = await findById(tx.em, Template, input.templateId);
  if (!template) throw new RuleBroken('NOT_FOUND', 'No such template.', ['templateId']);
  if (!EDITABLE.includes(template.status))
    throw new RuleBroken('TEMPLATE_LOCKED', 'Meta lets only approved, rejected and paused templates be changed.', ['templateId']);
  if (template.status === TemplateStatus.APPROVED) {
    if (input.category && input.category !== template.category)
      throw new RuleBroken('TEMPLATE_LOCKED', 'An approved template keeps its category.', ['category']);
    await refuseManyEdits(tx, template.id);
  }
  const { name, language, parameterFormat } = template;
  const definition = definitionOf({ name, language, parameterFormat, category: input.category ?? template.category }, input);
  return { template, definition, files: await checkFiles(tx, input) };
}

async function refuseManyEdits(tx: Transaction, id: string): Promise<void> {
  const [edits] = await tx.query<{ day: number; month: number }>(
    `select count(*) filter (where at > cube_now() - interval '24 hours')::int as day, count(*)::int as month
     from template t, unnest(t.approved_edits) as at where t.id = $1 and at > cube_now() - interval '30 days'`,
    [id],
  );
  if (edits && edits.day > 0)
    throw new RuleBroken('TEMPLATE_LOCKED', 'Meta lets an approved template be changed once in 24 hours.', ['templateId']);
  if (edits && edits.month >= 10)
    throw new RuleBroken('TEMPLATE_LOCKED', 'Meta lets an approved template be changed 10 times in 30 days.', ['templateId']);
}

async function keep(
  tx: Transaction,
  id: string,
  { components, category, ttlSeconds }: TemplateDefinition,
  { headerMediaId, cardMediaIds }: TemplateFiles,
): Promise<{ template: Template }> {
  await tx.query(
    `update template set components = $2::jsonb, category = $3, ttl_seconds = coalesce($4::int, ttl_seconds), header_media_id = $5::uuid,
       card_media_ids = $6::uuid[], status_note = null, rejected_reason = null, updated_at = cube_now() where id = $1`,
    [id, JSON.stringify(components), category, ttlSeconds ?? null, headerMediaId, cardMediaIds],
  );
  const template = await tx.em.findOneOrFail(Template, { id }, { refresh: true });
  tx.record({ kind: 'TEMPLATE_CHANGED', subjectId: id, status: template.status });
  return { template };
}
