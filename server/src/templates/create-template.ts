import type { Context, Transaction } from '../platform/context.ts';
import { once } from '../platform/idempotency.ts';
import { newId } from '../platform/ids.ts';
import { RuleBroken } from '../platform/user-errors.ts';
import type { TemplateDefinition } from '../whatsapp/template-calls.ts';
import type { CreateTemplateInput } from './create-template-input.ts';
import { definitionOf } from './definition-of.ts';
import { submitDraft } from './submit-template.ts';
import { findAccount } from './sync-templates.ts';
import { Template } from './template.ts';
import { TemplateStatus } from './template-enums.ts';
import { checkFiles } from './template-files.ts';

/**
 * Writes a template and hands it to Meta unless it shall stay a draft. What Meta refuses stays as a draft, too. Repeated with its idempotency key it
 * gives the same template, and hands it to Meta if that has not happened yet. Throws BAD_INPUT and TEXT_TOO_LONG for what Meta would refuse, NOT_FOUND,
 * MEDIA_…, NUMBER_UNAVAILABLE, META_REFUSED, META_UNREACHABLE, IDEMPOTENCY_MISMATCH.
 */
export async function createTemplate(ctx: Context, input: CreateTemplateInput): Promise<{ template: Template }> {
  const { name, language, category, parameterFormat = 'POSITIONAL' } = input;
  const definition = definitionOf({ name, language, category, parameterFormat }, input);
  const { idempotencyKey, ...meant } = input;
  const fresh = newId();
  const id = await once(ctx, idempotencyKey, meant, (tx) => write(tx, input, definition, fresh), fresh);
  const template = await (await ctx.reading()).findOneOrFail(Template, { id });
  if (input.isDraft || template.status !== TemplateStatus.DRAFT) return { template };
  return submitDraft(ctx, template);
}

async function write(tx: Transaction, input: CreateTemplateInput, definition: TemplateDefinition, id: string): Promise<void> {
  const account = await findAccount(tx, input);
  const files = await checkFiles(tx, input);
  const { name, language } = definition;
  const former = await tx.em.findOne(Template, { account: account.id, name, language });
  if (former && former.status !== TemplateStatus.DRAFT && former.status !== TemplateStatus.DELETED)
    throw new RuleBroken('BAD_INPUT', 'There is a template of this name in this language already.', ['name']);
  // A draft of that name is replaced; of one that was deleted at Meta the row makes way, and what was sent with it stays as it was sent.
  if (former) await tx.em.nativeDelete(Template, { id: former.id });
  const ttlSeconds = definition.ttlSeconds ?? null;
  const { category, parameterFormat, components } = definition;
  tx.em.create(Template, {
    id,
    account,
    name,
    language,
    category: category as Template['category'],
    parameterFormat: parameterFormat as Template['parameterFormat'],
    components,
    status: TemplateStatus.DRAFT,
    ...files,
    ttlSeconds,
  });
  await tx.em.flush();
  tx.record({ kind: 'TEMPLATE_CHANGED', subjectId: id, status: TemplateStatus.DRAFT });
}
