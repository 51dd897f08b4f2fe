import { type PriceBook, readPriceBook } from './prices.ts';

let book: PriceBook | undefined;

/** The process's prices: our own tables unless `usePrices` named others at the start. */
export function priceBook(): PriceBook {
  return (book ??= readPriceBook());
}

/** Takes these prices from now on. */
export function usePrices(prices: PriceBook): void {
  book = prices;
}
