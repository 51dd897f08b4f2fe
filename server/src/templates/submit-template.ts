import { askMeta } from '../conversations/ask-meta.ts';
import type { Context, Transaction } from '../platform/context.ts';
import { findById } from '../platform/find-by-id.ts';
import { enqueueJob } from '../platform/jobs.ts';
import { RuleBroken } from '../platform/user-errors.ts';
import { SYNC_TEMPLATES } from '../conversations/sync-job.ts';
import { accessOf } from './account-access.ts';
import { Template } from './template.ts';
import { TemplateCategory, TemplateStatus } from './template-enums.ts';
import { withHandles } from './template-files.ts';

/** Hands a draft to Meta. Throws NOT_FOUND, TOO_LATE for what is no draft, NUMBER_UNAVAILABLE, META_REFUSED (it stays a draft), META_UNREACHABLE. */
export async function submitTemplate(ctx: Context, { templateId }: { templateId: string }): Promise<{ template: Template }> {
  const template = await findById(await ctx.reading(), Template, templateId);
  if (!template) throw new RuleBroken('NOT_FOUND', 'No such template.', ['templateId']);
  if (template.status !== TemplateStatus.DRAFT)
    throw new RuleBroken('TOO_LATE', 'Meta has this template already: edit it instead.', ['templateId']);
  return submitDraft(ctx, template);
}

/** Hands a draft to Meta unless somebody is at it already or has done it: then gives the template as it is. Throws as `submitTemplate` does. */
export async function submitDraft(ctx: Context, draft: Template): Promise<{ template: Template }> {
  const { id } = draft;
  const isMine = await ctx.command((tx) => takeInHand(tx, id));
  if (!isMine) return { template: await (await ctx.reading()).findOneOrFail(Template, { id }, { refresh: true }) };
  try {
    return await handToMeta(ctx, draft);
  } finally {
    await ctx.command((tx) => tx.query(`delete from idempotency where principal_id = $1 and key = 'submit'`, [id]));
  }
}

// Whoever dies in the middle has it for no longer than this.
const TAKE = `
  insert into idempotency (principal_id, key, fingerprint, result_id) values ($1, 'submit', '', $1)
  on conflict (tenant_id, principal_id, key) do update set created_at = cube_now() where idempotency.created_at < cube_now() - interval '5 minutes'
  returning 1`;

/** Of several at once, one gets the draft. */
async function takeInHand(tx: Transaction, id: string): Promise<boolean> {
  const [draft] = await tx.query(`select 1 from template where id = $1 and status = 'DRAFT' for no key update`, [id]);
  return draft !== undefined && (await tx.query(TAKE, [id])).length > 0;
}

async function handToMeta(ctx: Context, draft: Template): Promise<{ template: Template }> {
  const { id, name, language, category, parameterFormat, ttlSeconds } = draft;
  const access = await accessOf(ctx, draft.account.id);
  const components = await withHandles(ctx, access, draft.components, draft);
  const definition = { name, language, category, parameterFormat, components, ...(ttlSeconds !== null && { ttlSeconds }) };
  const made = await askMeta(ctx, (api) => api.createTemplate(access.wabaId, access.token, definition)).catch((error: unknown) =>
    noteRefusal(ctx, draft, error),
  );
  return ctx.command(async (tx) => {
    // A webhook may have been faster: it knows more than the answer.
    const status = made.status in TemplateStatus ? made.status : TemplateStatus.PENDING;
    await tx.query(
      `update template set meta_id = $2, status_note = null, rejected_reason = null, updated_at = cube_now(),
         category = case when category_at < $5 then $4 else category end, category_at = greatest(category_at, $5),
         status = case when status = 'DRAFT' then $3 else status end, status_at = greatest(status_at, $5)
       where id = $1`,
      [id, made.templateId, status, made.category && made.category in TemplateCategory ? made.category : category, access.now],
    );
    const template = await tx.em.findOneOrFail(Template, { id }, { refresh: true });
    tx.record({ kind: 'TEMPLATE_CHANGED', subjectId: id, status: template.status });
    return { template };
  });
}

/** Keeps what Meta said with the draft; where nobody knows whether Meta has it, the account is read anew. Throws what it was given. */
async function noteRefusal(ctx: Context, draft: Template, error: unknown): Promise<never> {
  if (error instanceof RuleBroken) {
    await ctx.command(async (tx) => {
      if (error.code === 'META_REFUSED')
        await tx.query('update template set status_note = $2, updated_at = cube_now() where id = $1', [draft.id, error.message]);
      else await enqueueJob(tx.query, SYNC_TEMPLATES, draft.account.id);
      tx.record({ kind: 'TEMPLATE_CHANGED', subjectId: draft.id, status: draft.status });
    });
  }
  throw error;
}
