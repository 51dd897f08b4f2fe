import { askMeta } from '../conversations/ask-meta.ts';
import { fileForMeta, ownFile } from '../conversations/own-file.ts';
import type { Context, Transaction } from '../platform/context.ts';
import { RuleBroken } from '../platform/user-errors.ts';
import type { TemplateCard, TemplateComponent } from '../whatsapp/template-components.ts';
import type { AccountAccess } from './account-access.ts';
import type { TemplateContentInput } from './create-template-input.ts';

/** What Meta takes as the example of a header. */
const EXAMPLES: Record<string, readonly string[]> = {
  IMAGE: ['image/jpeg', 'image/png'],
  VIDEO: ['video/mp4'],
  DOCUMENT: ['application/pdf'],
};

/** The files that a template shows to Meta, and that are sent where no others are chosen. */
export interface TemplateFiles {
  headerMediaId: string | null;
  /** One for each card of a carousel. */
  cardMediaIds: string[] | null;
}

/**
 * The files of a template that is written. They must be the company's own: what a customer sent is theirs.
 * Throws NOT_FOUND, MEDIA_NOT_READY, MEDIA_TYPE_NOT_ALLOWED.
 */
export async function checkFiles(tx: Transaction, { header, cards }: TemplateContentInput): Promise<TemplateFiles> {
  const headerMediaId = header?.headerMediaId ?? null;
  if (headerMediaId) await checkFile(tx, headerMediaId, header?.kind ?? '', HEADER);
  for (const [at, card] of (cards ?? []).entries()) await checkFile(tx, card.headerMediaId, card.headerKind, cardField(at));
  return { headerMediaId, cardMediaIds: cards?.map((card) => card.headerMediaId) ?? null };
}

const HEADER = ['header', 'headerMediaId'];

function cardField(at: number): string[] {
  return ['cards', String(at), 'headerMediaId'];
}

async function checkFile(tx: Transaction, mediaId: string, kind: string, field: string[]): Promise<void> {
  const file = await ownFile(tx, mediaId, field);
  if (file.kind !== kind || !EXAMPLES[kind]?.includes(file.mimeType))
    throw new RuleBroken('MEDIA_TYPE_NOT_ALLOWED', `Meta takes ${EXAMPLES[kind]?.join(' or ') ?? 'no file'} here.`, field);
}

/** The components with the handles that Meta gave their files, which are uploaded for it. Throws as `checkFiles` and `askMeta`. */
export async function withHandles(
  ctx: Context,
  { appId, token }: AccountAccess,
  components: TemplateComponent[],
  { headerMediaId, cardMediaIds }: TemplateFiles,
): Promise<TemplateComponent[]> {
  const handles = new Map<string, string>();
  const handleOf = async (mediaId: string, field: string[]): Promise<string> => {
    const file = await ctx.command(async (tx) => fileForMeta(ctx, tx, await ownFile(tx, mediaId, field), 'example'));
    return askMeta(ctx, (api) => api.uploadHandle(appId, token, file));
  };
  const shown = async (parts: TemplateComponent[], mediaId: string | null | undefined, field: string[]) => {
    if (!mediaId || !parts.some((part) => part.type === 'HEADER' && part.example?.header_handle)) return parts;
    // Cards may share a file.
    const handle = handles.get(mediaId) ?? (await handleOf(mediaId, field));
    handles.set(mediaId, handle);
    return parts.map((part) => (part.type === 'HEADER' ? { ...part, example: { header_handle: [handle] } } : part));
  };
  const made: TemplateComponent[] = [];
  for (const component of await shown(components, headerMediaId, HEADER)) {
    if (component.type !== 'CAROUSEL') made.push(component);
    else {
      const cards: TemplateCard[] = [];
      for (const [at, card] of component.cards.entries())
        cards.push({ components: await shown(card.components, cardMediaIds?.[at], cardField(at)) });
      made.push({ ...component, cards });
    }
  }
  return made;
}
