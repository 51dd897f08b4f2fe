import type { Context } from '../../platform/context.ts';
import { type Page, pageSize, readTimeCursor, timeCursor, toPage } from '../../platform/pages.ts';
import { QuarantinedWebhook } from './quarantined-webhook.ts';

/** Webhooks in quarantine that nobody has dealt with, the newest first. Throws BAD_CURSOR, BAD_USER_INPUT. */
export async function listQuarantined(
  ctx: Context,
  { first, after }: { first?: number; after?: string },
): Promise<Page<QuarantinedWebhook>> {
  const size = pageSize(first, 25);
  const place = after ? readTimeCursor(after) : null;
  const rows = await (
    await ctx.reading()
  ).find(
    QuarantinedWebhook,
    { resolvedAt: null, ...(place && { id: { $lt: place.id } }) },
    { orderBy: { id: 'desc' }, limit: size + 1 },
  );
  return toPage(rows, size, (row) => timeCursor(row.receivedAt, row.id), { continued: Boolean(place) });
}
