import { LockMode } from '@mikro-orm/core';
import type { Context, Transaction } from '../../platform/context.ts';
import { findById } from '../../platform/find-by-id.ts';
import { RuleBroken } from '../../platform/user-errors.ts';
import { INBOX_BELL } from '../received-body.ts';
import { QuarantinedWebhook } from './quarantined-webhook.ts';

/**
 * Has a webhook read again, as after an update of this product; if something still cannot be understood, it comes back to the list. Throws NOT_FOUND, and
 * TOO_LATE when it is no longer kept.
 */
export async function replayWebhook(ctx: Context, input: { id: string }): Promise<{ webhook: QuarantinedWebhook }> {
  return ctx.command(async (tx) => {
    const webhook = await find(tx, input.id);
    if (webhook.resolvedAt) return { webhook };
    const [row] = await tx.query<{ is_there: boolean }>('select replay_webhook($1::date, $2::uuid) as is_there', [
      webhook.receivedOn,
      webhook.webhookId,
    ]);
    if (!row?.is_there)
      throw new RuleBroken('TOO_LATE', 'This webhook is gone: what WhatsApp sends is kept for seven days. Dismiss it.', ['id']);
    resolve(ctx, webhook, 'REPLAYED');
    tx.ring(INBOX_BELL);
    return { webhook };
  });
}

/** Takes a webhook off the list; its body stays in the inbox for its seven days. Throws NOT_FOUND. */
export async function dismissWebhook(ctx: Context, input: { id: string }): Promise<{ webhook: QuarantinedWebhook }> {
  return ctx.command(async (tx) => {
    const webhook = await find(tx, input.id);
    if (!webhook.resolvedAt) resolve(ctx, webhook, 'DISMISSED');
    return { webhook };
  });
}

async function find(tx: Transaction, id: string): Promise<QuarantinedWebhook> {
  const webhook = await findById(tx.em, QuarantinedWebhook, id);
  if (!webhook) throw new RuleBroken('NOT_FOUND', 'No such webhook in quarantine.', ['id']);
  await tx.em.refresh(webhook, { lockMode: LockMode.PESSIMISTIC_WRITE });
  return webhook;
}

function resolve(ctx: Context, webhook: QuarantinedWebhook, resolution: 'REPLAYED' | 'DISMISSED'): void {
  webhook.resolvedAt = ctx.services.clock.now();
  webhook.resolution = resolution;
}
