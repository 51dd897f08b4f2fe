import { askMeta } from '../conversations/ask-meta.ts';
import type { Context } from '../platform/context.ts';
import { findById } from '../platform/find-by-id.ts';
import { RuleBroken } from '../platform/user-errors.ts';
import { accessOf } from './account-access.ts';
import { Template } from './template.ts';
import { TemplateStatus } from './template-enums.ts';

/**
 * Deletes a template in its language, at Meta too; a draft is simply thrown away. The name of one that was approved is taken for 30 days more.
 * Throws NOT_FOUND, TEMPLATE_LOCKED for one that Meta has disabled, NUMBER_UNAVAILABLE, META_REFUSED, META_UNREACHABLE.
 */
export async function deleteTemplate(ctx: Context, { templateId }: { templateId: string }): Promise<{ deletedId: string }> {
  const template = await findById(await ctx.reading(), Template, templateId);
  if (!template || template.status === TemplateStatus.DELETED)
    throw new RuleBroken('NOT_FOUND', 'No such template.', ['templateId']);
  if (template.status === TemplateStatus.DISABLED)
    throw new RuleBroken('TEMPLATE_LOCKED', 'Meta keeps a template that it has disabled.', ['templateId']);
  const { id, name, metaId } = template;
  if (metaId === null) {
    return ctx.command(async (tx) => {
      await tx.em.nativeDelete(Template, { id });
      tx.record({ kind: 'TEMPLATE_CHANGED', subjectId: id, status: TemplateStatus.DELETED });
      return { deletedId: id };
    });
  }
  const access = await accessOf(ctx, template.account.id);
  await askMeta(ctx, (api) => api.deleteTemplate(access.wabaId, access.token, { name, templateId: metaId }));
  return ctx.command(async (tx) => {
    await tx.query(
      `update template set status = 'DELETED', status_at = greatest(status_at, $2), updated_at = cube_now() where id = $1`,
      [id, access.now],
    );
    tx.record({ kind: 'TEMPLATE_CHANGED', subjectId: id, status: TemplateStatus.DELETED });
    return { deletedId: id };
  });
}
