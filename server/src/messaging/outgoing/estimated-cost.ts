import { openFreeEntryPoint } from '../../conversations/service-window.ts';
import type { Conversation } from '../../conversations/conversation.ts';
import type { Context, Transaction } from '../../platform/context.ts';
import { estimateCost } from '../../templates/estimate-cost.ts';
import { MessageStatus } from '../message-enums.ts';
import type { Message } from '../message.ts';

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
  { conversation, category: templateCategory }: ToWrite,
  status: MessageStatus,
): Promise<CostFields> {
  const pair = { contactId: conversation.contact.id, numberId: conversation.number.id };
  if (status === MessageStatus.QUEUED) await openFreeEntryPoint(tx, pair);
  const { category, priceType, market, micros, currency } = await estimateCost(ctx, tx.query, { ...pair, templateCategory });
  const costMicros = micros === null ? null : String(micros);
  return { category, priceType, priceMarket: market, costMicros, costCurrency: currency };
}
