import { describe, expect, it } from 'vitest';
import { orderTotals } from './order-totals.ts';

describe('what an order comes to', () => {
  it('is the sum of its lines, without the errors of binary fractions', () => {
    const lines = [
      { quantity: 1, price: 0.1, currency: 'SAR' },
      { quantity: 2, price: 0.1, currency: 'SAR' },
    ];
    expect(orderTotals(lines)).toEqual([{ currency: 'SAR', amount: 0.3 }]);
  });

  it('stays apart by currency', () => {
    const lines = [
      { quantity: 2, price: 3_450, currency: 'SAR' },
      { quantity: 1, price: 12.5, currency: 'USD' },
    ];
    expect(orderTotals(lines)).toEqual([
      { currency: 'SAR', amount: 6_900 },
      { currency: 'USD', amount: 12.5 },
    ]);
    expect(orderTotals([])).toEqual([]);
  });
});
