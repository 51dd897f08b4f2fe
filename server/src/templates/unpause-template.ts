import { askMeta } from '../conversations/ask-meta.ts';
import type { Context } from '../platform/context.ts';
import { findById } from '../platform/find-by-id.ts';
import { RuleBroken } from '../platform/user-errors.ts';
import { accessOf } from './account-access.ts';
import { Template } from './template.ts';
import { TemplateStatus } from './template-enums.ts';

/** Pauses of quality, of 3 and of 6 hours. */
const OF_QUALITY: readonly (string | null)[] = ['FIRST_PAUSE', 'SECOND_PAUSE'];

/** Whether Meta may lift a template's pause when asked: not one of quality, which ends by itself. */
export function mayUnpause({ status, pauseKind }: Pick<Template, 'status' | 'pauseKind'>): boolean {
  return status === TemplateStatus.PAUSED && !OF_QUALITY.includes(pauseKind);
}

/**
 * Has Meta take back the pause of a template that was paced. Throws NOT_FOUND, TEMPLATE_LOCKED for one that is not paused or whose pause ends by itself,
 * NUMBER_UNAVAILABLE, META_REFUSED, META_UNREACHABLE.
 */
export async function unpauseTemplate(ctx: Context, { templateId }: { templateId: string }): Promise<{ template: Template }> {
  const paused = await findById(await ctx.reading(), Template, templateId);
  if (!paused) throw new RuleBroken('NOT_FOUND', 'No such template.', ['templateId']);
  if (!mayUnpause(paused))
    throw new RuleBroken(
      'TEMPLATE_LOCKED',
      paused.status === TemplateStatus.PAUSED
        ? 'Meta paused this template because of its quality: the pause ends by itself, after 3 hours the first time and 6 the second.'
        : 'This template is not paused.',
      ['templateId'],
    );
  const { id, metaId } = paused;
  const access = await accessOf(ctx, paused.account.id);
  await askMeta(ctx, (api) => api.unpauseTemplate(metaId as string, access.token));
  return ctx.command(async (tx) => {
    // A webhook may have been faster: it knows more than the answer.
    await tx.query(
      `update template set status = 'APPROVED', pause_kind = null, status_note = null, status_at = $2, updated_at = cube_now()
       where id = $1 and status = 'PAUSED' and status_at <= $2`,
      [id, access.now],
    );
    const template = await tx.em.findOneOrFail(Template, { id }, { refresh: true });
    tx.record({ kind: 'TEMPLATE_CHANGED', subjectId: id, status: template.status });
    return { template };
  });
}
