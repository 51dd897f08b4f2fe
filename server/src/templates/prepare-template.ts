import type { Context, Transaction } from '../platform/context.ts';
import { isId } from '../platform/ids.ts';
import { RuleBroken } from '../platform/user-errors.ts';
import type { Content } from '../whatsapp/content.ts';
import type { WhatsappNumber } from '../conversations/whatsapp-number.ts';
import type { TemplateInput } from './template-input.ts';

export interface PreparedTemplate {
  template: { id: string; category: string; ttlSeconds: number | null; headerMediaId: string | null };
  content: Content;
  needsMedia: boolean;
}

/** Makes the content of a message out of a template and its values. Throws NOT_FOUND and TEMPLATE_NOT_APPROVED. */
export async function prepareTemplate(
  _ctx: Context,
  tx: Transaction,
  input: TemplateInput,
  _number: WhatsappNumber,
): Promise<PreparedTemplate> {
  const [row] = isId(input.templateId) ? await tx.query('select 1 from template where id = $1', [input.templateId]) : [];
  if (!row) throw new RuleBroken('NOT_FOUND', 'No such template.', ['template', 'templateId']);
  const { headerMediaId } = input;
  const [media] =
    headerMediaId && isId(headerMediaId) ? await tx.query('select 1 from media where id = $1', [headerMediaId]) : [];
  if (headerMediaId && !media) throw new RuleBroken('NOT_FOUND', 'No such file.', ['template', 'headerMediaId']);
  throw new RuleBroken('TEMPLATE_NOT_APPROVED', 'Only an approved template can be sent.', ['template', 'templateId']);
}
