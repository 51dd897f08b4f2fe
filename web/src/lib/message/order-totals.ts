interface Line {
  quantity?: number | null;
  price?: number | null;
  currency?: string | null;
}

/** What an order comes to, once for each currency; in thousandths while summing, so that 0.1 and 0.2 are 0.3. */
export function orderTotals(lines: readonly Line[]): { currency: string; amount: number }[] {
  const sums = new Map<string, number>();
  for (const { quantity, price, currency } of lines) {
    const thousandths = Math.round((price ?? 0) * 1_000) * (quantity ?? 0);
    const key = currency ?? 'USD';
    sums.set(key, (sums.get(key) ?? 0) + thousandths);
  }
  return [...sums].map(([currency, thousandths]) => ({ currency, amount: thousandths / 1_000 }));
}
