import { priceBook } from './price-book.ts';
import { PRICE_CATEGORIES, type PriceCategory } from './prices.ts';

/** What a status says about the price of its message. */
export interface SaidPricing {
  category?: string;
  type?: string;
  billable?: boolean;
}

/** What a message costs, as it is kept. */
export interface Cost {
  category: string;
  /** `REGULAR`, or Meta's word for why it is free. */
  priceType: string;
  micros: number | null;
  currency: string | null;
}

const FREE = /^FREE/;

/**
 * What Meta charges, from what it says and the list price on the day it was sent. Free is what Meta calls free, or not billable; a type it names
 * otherwise is kept by name and charged.
 */
export function costOf(said: SaidPricing, { market, sentAt }: { market: string | null; sentAt: Date }): Cost {
  const category = wordOf(said.category) ?? 'UNKNOWN';
  const priceType = wordOf(said.type) ?? (said.billable === false ? 'FREE' : 'REGULAR');
  const known = pricedAs(category);
  const price = known && market !== null ? priceBook().priceOf(market, known, sentAt) : null;
  const isFree = FREE.test(priceType) || said.billable === false;
  if (isFree) return { category, priceType, micros: 0, currency: price?.currency ?? 'USD' };
  return { category, priceType, micros: price?.micros ?? null, currency: price?.currency ?? null };
}

function pricedAs(category: string): PriceCategory | undefined {
  // Marketing that goes through Meta's marketing API costs what marketing costs.
  if (category === 'MARKETING_LITE') return 'MARKETING';
  return PRICE_CATEGORIES.find((one) => one === category);
}

/** A word as we keep it: `authentication-international` is AUTHENTICATION_INTERNATIONAL. */
function wordOf(word: string | undefined): string | undefined {
  return word ? word.toUpperCase().replaceAll('-', '_') : undefined;
}
