import { LockMode } from '@mikro-orm/core';
import type { Context, Transaction } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { place, seal, Sealed, type SealingKey } from '../../platform/sealed.ts';
import { RuleBroken } from '../../platform/user-errors.ts';
import { Media, MediaOrigin, MediaStatus } from './media.ts';

/** Whose a file becomes: a contact and the contact's key. */
export interface Owner {
  contactId: string;
  key: SealingKey;
}

/**
 * Makes a stored file one that a message to this contact may hold, and gives the row to put there. A file that belonged to nobody becomes theirs;
 * of another contact's a second row is made over the same stored file: each key opens it, and destroying one leaves the other. A template's
 * file stays the company's own. Throws MEDIA_NOT_READY.
 */
export async function claimMedia(ctx: Context, tx: Transaction, media: Media, owner: Owner): Promise<Media> {
  await tx.em.refresh(media, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (media.status !== MediaStatus.STORED || !media.fileKey)
    throw new RuleBroken('MEDIA_NOT_READY', 'The file is not here yet, or is gone.', ['media', 'mediaId']);
  if (media.contactId === owner.contactId) return media;
  if (media.contactId === null && (await isTemplates(tx, media.id))) return media;
  const { fileKey, fileName } = await openSealed(ctx, tx, media);
  const id = media.contactId === null ? media.id : newId();
  const { tenantId } = ctx.me;
  const sealFor = (column: string, value: Buffer) => new Sealed(seal(owner.key, place(tenantId, 'media', column, id), value));
  const theirs = {
    contactId: owner.contactId,
    fileKey: sealFor('file_key', fileKey),
    sealedFileName: fileName && sealFor('file_name', fileName),
  };
  if (id === media.id) return Object.assign(media, theirs);
  const copy = tx.em.create(Media, { ...sharedBy(media), ...theirs, id });
  await tx.em.flush();
  // What Meta has is the same file.
  await tx.query(
    `insert into media_upload (media_id, number_id, meta_id, expires_at)
     select $1::uuid, number_id, meta_id, expires_at from media_upload where media_id = $2`,
    [id, media.id],
  );
  return copy;
}

/** The same of several files, of which some may be one and the same; they are locked in the order of their ids, as everybody does. */
export async function claimAll(ctx: Context, tx: Transaction, files: readonly Media[], owner: Owner): Promise<string[]> {
  const claimed = new Map<string, string>();
  const ordered = [...new Map(files.map((file) => [file.id, file])).values()].sort((one, other) => (one.id < other.id ? -1 : 1));
  for (const file of ordered) claimed.set(file.id, (await claimMedia(ctx, tx, file, owner)).id);
  return files.map(({ id }) => claimed.get(id) as string);
}

/** What is the same of a file whoever it belongs to. */
function sharedBy(media: Media) {
  const { kind, status, mimeType, size, storeKey, thumbnailSize, width, height, durationMs, isVoice, isAnimated } = media;
  const facts = { kind, status, mimeType, size, storeKey, thumbnailSize, width, height, durationMs, isVoice, isAnimated };
  return { ...facts, origin: MediaOrigin.UPLOADED };
}

async function isTemplates(tx: Transaction, mediaId: string): Promise<boolean> {
  return (
    (await tx.query('select 1 from template where header_media_id = $1 or $1 = any (card_media_ids) limit 1', [mediaId])).length >
    0
  );
}

async function openSealed(ctx: Context, tx: Transaction, { id, fileKey, sealedFileName }: Media) {
  const { keys } = ctx.services;
  const { tenantId } = ctx.me;
  await keys.loadTenants(tx.query, [tenantId]);
  await keys.loadContactKeys(tx.query, tenantId, [(fileKey as Sealed).keyId]);
  const open = (column: string, value: Sealed) => keys.openBytes(tenantId, place(tenantId, 'media', column, id), value);
  return { fileKey: open('file_key', fileKey as Sealed), fileName: sealedFileName && open('file_name', sealedFileName) };
}
