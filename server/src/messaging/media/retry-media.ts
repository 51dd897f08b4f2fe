import { LockMode } from '@mikro-orm/core';
import type { Context } from '../../platform/context.ts';
import { findById } from '../../platform/find-by-id.ts';
import { enqueueJob } from '../../platform/jobs.ts';
import { RuleBroken } from '../../platform/user-errors.ts';
import { Media, MediaOrigin, MediaStatus } from './media.ts';
import { FETCH_MEDIA } from './receive-media.ts';
import { tellMedia } from './tell-media.ts';

/** Has a received file fetched again, at once. Throws NOT_FOUND, NOT_RETRYABLE for one that is here, is gone, or was never at WhatsApp. */
export async function retryMedia(ctx: Context, input: { mediaId: string }): Promise<{ media: Media }> {
  return ctx.command(async (tx) => {
    const media = await findById(tx.em, Media, input.mediaId);
    if (!media) throw new RuleBroken('NOT_FOUND', 'No such file.', ['mediaId']);
    await tx.em.refresh(media, { lockMode: LockMode.PESSIMISTIC_WRITE });
    const isAway = media.status === MediaStatus.FAILED || media.status === MediaStatus.FETCHING;
    if (!isAway || media.origin !== MediaOrigin.RECEIVED)
      throw new RuleBroken('NOT_RETRYABLE', 'Only a received file that could not be fetched can be asked for again.', [
        'mediaId',
      ]);
    media.status = MediaStatus.FETCHING;
    media.faultCode = null;
    media.tries = 0;
    await tx.em.flush();
    await enqueueJob(tx.query, FETCH_MEDIA, media.id);
    const { tenantId } = ctx.me;
    const events: Parameters<typeof tellMedia>[0]['events'] = [];
    await tellMedia({ query: tx.query, events }, tenantId, media.id, media.status);
    for (const event of events) tx.record(event);
    return { media };
  });
}
