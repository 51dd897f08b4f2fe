import type { Context, Transaction } from '../../platform/context.ts';
import { findById } from '../../platform/find-by-id.ts';
import { RuleBroken } from '../../platform/user-errors.ts';
import type { ContentFault } from '../../whatsapp/content-fault.ts';
import { contentFaults } from '../../whatsapp/content-faults.ts';
import { type AttachedMedia, canBeVoice } from '../../whatsapp/media-limits.ts';
import { Media, MediaStatus } from '../media/media.ts';
import type { ContentRead } from './read-content.ts';

/** Where a file stands in the input, by the kind of message. */
const MEDIA_FIELDS: Record<string, string[]> = {
  INTERACTIVE: ['interactive', 'headerMediaId'],
  TEMPLATE: ['template', 'headerMediaId'],
};
const FILE_FIELD = ['media', 'mediaId'];

/**
 * Looks up the file of a message, which says what kind of message it is, and checks all that Meta would refuse. Throws NOT_FOUND, MEDIA_NOT_READY,
 * MEDIA_TYPE_NOT_ALLOWED, MEDIA_TOO_LARGE, TEXT_TOO_LONG and BAD_INPUT, each with its place in the input.
 */
export async function checkContent(ctx: Context, tx: Transaction, read: ContentRead): Promise<Media | null> {
  const { content } = read;
  const field = MEDIA_FIELDS[content.kind] ?? FILE_FIELD;
  const media = read.mediaId === undefined ? null : await findStored(tx, read.mediaId, field);
  if (media && read.isFile) await becomeFile(ctx, content, media);
  const [fault] = contentFaults(content, media ? attachedOf(read, media) : undefined);
  if (fault) throw new RuleBroken(fault.code, fault.message, placeOf(fault, read, field));
  return media;
}

/** A file that is here. Throws NOT_FOUND, MEDIA_NOT_READY. */
export async function findStored(tx: Transaction, mediaId: string, field: string[]): Promise<Media> {
  const media = await findById(tx.em, Media, mediaId);
  if (!media) throw new RuleBroken('NOT_FOUND', 'No such file.', field);
  if (media.status !== MediaStatus.STORED)
    throw new RuleBroken('MEDIA_NOT_READY', 'The file is not here yet, or could not be fetched.', field);
  return media;
}

/** A message that is a file: its kind is the file's, and a document has a name. */
async function becomeFile(ctx: Context, content: ContentRead['content'], media: Media): Promise<void> {
  content.kind = media.kind;
  const { file } = content.parts;
  if (content.kind === 'DOCUMENT' && file?.name === undefined && media.sealedFileName) {
    const name = await ctx.open('media', 'file_name', media.id, media.sealedFileName);
    content.parts = { ...content.parts, file: { ...file, name } };
  }
  if (file?.isVoice === undefined && media.isVoice && canBeVoice(media))
    content.parts = { ...content.parts, file: { ...file, isVoice: true } };
}

function attachedOf({ content, isFile }: ContentRead, media: Media): AttachedMedia {
  return {
    ...(!isFile && { kind: media.kind }),
    mimeType: media.mimeType,
    size: Number(media.size ?? 0),
    isAnimated: media.isAnimated,
    ...(content.parts.file?.name !== undefined && { fileName: content.parts.file.name }),
  };
}

/** The place in the input that a place in the content came from. */
function placeOf({ path }: ContentFault, { content, isFile }: ContentRead, mediaField: string[]): string[] {
  const [first = '', ...rest] = path;
  if (first === 'media') return rest.length ? path : mediaField;
  if (first === 'cards')
    return [
      'contactCards',
      ...rest.map((part) => (part === 'formatted' ? 'formattedName' : part)).filter((part) => part !== 'name'),
    ];
  if (first !== 'text') return path;
  if (isFile) return ['media', 'caption'];
  if (content.kind === 'INTERACTIVE') return ['interactive', 'body'];
  return content.kind === 'REACTION' ? ['reaction', 'emoji'] : path;
}
