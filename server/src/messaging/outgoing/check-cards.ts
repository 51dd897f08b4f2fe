import type { Transaction } from '../../platform/context.ts';
import { RuleBroken } from '../../platform/user-errors.ts';
import { mediaFaults } from '../../whatsapp/media-limits.ts';
import type { Media } from '../media/media.ts';
import { findStored } from './check-content.ts';

/** Looks up the files of a carousel's cards. Throws NOT_FOUND, MEDIA_NOT_READY, MEDIA_TYPE_NOT_ALLOWED, MEDIA_TOO_LARGE, each with its place in the input. */
export async function checkCards(tx: Transaction, mediaIds: readonly string[]): Promise<Media[]> {
  const files: Media[] = [];
  for (const [at, id] of mediaIds.entries()) {
    const field = ['template', 'cards', String(at), 'headerMediaId'];
    const media = await findStored(tx, id, field);
    const [fault] = mediaFaults({ kind: media.kind, mimeType: media.mimeType, size: Number(media.size ?? 0) });
    if (fault) throw new RuleBroken(fault.code, fault.message, field);
    files.push(media);
  }
  return files;
}
