import { openFreeEntryPoint, type WindowKey } from '../../conversations/service-window.ts';
import type { Conversation } from '../../conversations/conversation.ts';
import type { Context, Transaction } from '../../platform/context.ts';
import { estimateCost } from '../../templates/estimate-cost.ts';
import { Template } from '../../templates/template.ts';
import { MessageKind, MessageStatus } from '../message-enums.ts';
import type { Message } from '../message.ts';
import type { LockedMessage } from './lock-message.ts';

interface ToWrite {
  conversation: Conversation;
  /** Of a template. */
  category: string | null;
}

type CostFields = Pick<Message, 'category' | 'priceType' | 'priceMarket' | 'costMicros' | 'costCurrency'>;

/** What a message that is being written will cost, as far as can be told now. One that goes out at once may open a free entry point. */
export async function estimatedCost(
  ctx: Context,
  tx: Transaction,
  { conversation, category }: ToWrite,
  status: MessageStatus,
): Promise<CostFields> {
  const pair = { contactId: conversation.contact.id, numberId: conversation.number.id };
  if (status === MessageStatus.QUEUED) await openFreeEntryPoint(tx, pair);
  return costNow(ctx, tx, pair, category);
}

/** Gives a message that goes out now, after it waited, what it costs by now; it may open a free entry point. */
export async function estimateAnew(ctx: Context, tx: Transaction, { message, pair }: LockedMessage): Promise<void> {
  await openFreeEntryPoint(tx, pair);
  // WhatsApp may have put the template into another category since.
  const template = message.templateId ? await tx.em.findOne(Template, message.templateId) : null;
  const category = message.kind === MessageKind.TEMPLATE ? (template?.category ?? message.category) : null;
  Object.assign(message, await costNow(ctx, tx, pair, category));
}

async function costNow(ctx: Context, tx: Transaction, pair: WindowKey, templateCategory: string | null): Promise<CostFields> {
  const { category, priceType, market, micros, currency } = await estimateCost(ctx, tx.query, { ...pair, templateCategory });
  const costMicros = micros === null ? null : String(micros);
  return { category, priceType, priceMarket: market, costMicros, costCurrency: currency };
}
