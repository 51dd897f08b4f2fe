import { type PriceBook, readPriceBook } from './prices.ts';

let book: PriceBook | undefined;

/** The process's prices: our own tables unless `usePrices` named others at the start. */
export function priceBook(): PriceBook {
  return (book ??= readPriceBook());
}

/** Takes the prices of that file or folder from now on. Throws when they cannot be read. */
export function usePrices(place: string): void {
  book = readPriceBook(place);
}
