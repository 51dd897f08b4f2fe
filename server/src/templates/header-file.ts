import { askMeta } from '../conversations/ask-meta.ts';
import { fileForMeta, ownFile } from '../conversations/own-file.ts';
import type { Context, Transaction } from '../platform/context.ts';
import { RuleBroken } from '../platform/user-errors.ts';
import type { TemplateComponent } from '../whatsapp/template-components.ts';
import type { AccountAccess } from './account-access.ts';

const FIELD = ['header', 'headerMediaId'];
/** What Meta takes as the example of a header. */
const EXAMPLES: Record<string, readonly string[]> = {
  IMAGE: ['image/jpeg', 'image/png'],
  VIDEO: ['video/mp4'],
  DOCUMENT: ['application/pdf'],
};

/**
 * Checks the file that a header shows to Meta. It must be one of the company's own: what a customer sent is theirs.
 * Throws NOT_FOUND, MEDIA_NOT_READY, MEDIA_TYPE_NOT_ALLOWED.
 */
export async function checkHeaderFile(tx: Transaction, mediaId: string, kind: string): Promise<void> {
  const file = await ownFile(tx, mediaId, FIELD);
  if (file.kind !== kind || !EXAMPLES[kind]?.includes(file.mimeType))
    throw new RuleBroken('MEDIA_TYPE_NOT_ALLOWED', `Meta takes ${EXAMPLES[kind]?.join(' or ') ?? 'no file'} here.`, FIELD);
}

/** The components with the handle that Meta gave the header's file, which is uploaded for it. Throws as `checkHeaderFile` and `askMeta`. */
export async function withHeaderHandle(
  ctx: Context,
  { appId, token }: AccountAccess,
  components: TemplateComponent[],
  mediaId: string | null,
): Promise<TemplateComponent[]> {
  const header = components.find((component) => component.type === 'HEADER' && component.example?.header_handle);
  if (!header || !mediaId) return components;
  const file = await ctx.command(async (tx) => fileForMeta(ctx, tx, await ownFile(tx, mediaId, FIELD), 'example'));
  const handle = await askMeta(ctx, (api) => api.uploadHandle(appId, token, file));
  return components.map((component) =>
    component.type === 'HEADER' ? { ...component, example: { header_handle: [handle] } } : component,
  );
}
