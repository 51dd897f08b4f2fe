import { query } from '#lib/api/client.ts';
import type { ReadPriceQuery } from '#lib/gql/graphql.ts';
import { money } from '#lib/i18n/amounts.svelte.ts';
import { t } from '#lib/i18n/i18n.svelte.ts';
import { readPrice } from './composer-documents.ts';

export type Price = NonNullable<ReadPriceQuery['messagePrice']>;

/** What a message would cost now; null while that is not known. */
export async function priceOf(conversationId: string, templateId: string | null): Promise<Price | null> {
  const input = { conversationId, ...(templateId && { templateId }) };
  return (await query(readPrice, { input }).catch(() => null))?.messagePrice ?? null;
}

/** A price in words: free, or the amount. Null where Meta's list names none. */
export function priceText(price: Price | null): string | null {
  if (price?.amount === null || price?.amount === undefined) return null;
  return price.amount === 0 ? t('price.free') : money(price.amount, price.currency ?? 'USD');
}
