import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { costOf } from './cost-of.ts';
import { countryOf, PriceBook, readPriceBook } from './prices.ts';

const OCTOBER = new Date('2026-11-01T00:00:00Z');
const SUMMER = new Date('2026-09-30T23:59:59Z');
const folder = mkdtempSync(path.join(os.tmpdir(), 'prices-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('where somebody is charged', () => {
  it.each([
    ['+966501234567', 'SA'],
    ['+14155550100', 'US'],
    ['+16045550100', 'CA'],
    ['+18095550100', 'DO'],
    ['+77012345678', 'KZ'],
    ['+79161234567', 'RU'],
    ['+85255550100', 'HK'],
    ['+999123', null],
  ])('is the country of the phone %s: %s', (phone, country) => {
    expect(countryOf({ phone })).toBe(country);
  });

  it('is the country of the user id of those who hide their phone', () => {
    expect(countryOf({ userId: 'DE.4410A' })).toBe('DE');
    expect(countryOf({ phone: null, userId: 'nonsense' })).toBeNull();
  });
});

describe('our own tables', () => {
  const book = readPriceBook();

  it('give each market its price, by the day', () => {
    expect(book.priceOf(book.marketOf('SA', OCTOBER), 'MARKETING', OCTOBER)).toEqual({ micros: 50_100, currency: 'USD' });
    expect(book.marketOf('BD', SUMMER)).toBe('Rest of Asia Pacific');
    expect(book.marketOf('BD', OCTOBER)).toBe('Bangladesh');
  });

  it('charge free-form messages at the utility rate since October 2026', () => {
    for (const country of ['AE', 'EG', 'US', 'KW', 'XX']) {
      const market = book.marketOf(country, OCTOBER);
      expect(book.priceOf(market, 'SERVICE', OCTOBER), market).toEqual(book.priceOf(market, 'UTILITY', OCTOBER));
      expect(book.priceOf(market, 'SERVICE', SUMMER), market).toBeNull();
    }
    expect(book.rulesAt(SUMMER)).toMatchObject({ isServiceCharged: false, isUtilityInWindowCharged: false });
    expect(book.rulesAt(OCTOBER)).toEqual({ isServiceCharged: true, isUtilityInWindowCharged: true, freeServiceMessages: 1000 });
  });

  it('know a price for every market and category that a message can have', () => {
    for (const country of ['AR', 'BD', 'CN', 'DZ', 'FR', 'GR', 'IQ', 'JM', 'KZ', 'PT']) {
      for (const category of ['MARKETING', 'UTILITY', 'AUTHENTICATION', 'SERVICE'] as const)
        expect(book.priceOf(book.marketOf(country, OCTOBER), category, OCTOBER)?.micros, country).toBeGreaterThan(0);
    }
  });

  it('hold before their first day as well', () => {
    expect(book.priceOf('Germany', 'MARKETING', new Date('2020-01-01'))).toEqual({ micros: 136_500, currency: 'USD' });
  });
});

describe('a table of one’s own', () => {
  const write = (name: string, table: object) => {
    writeFileSync(path.join(folder, name), JSON.stringify(table));
    return path.join(folder, name);
  };
  const rules = { isServiceCharged: true, isUtilityInWindowCharged: true, freeServiceMessages: 5 };
  const markets = { Everywhere: { countries: ['SA'], marketing: 0.5 } };

  it('takes the place of ours', () => {
    const book = readPriceBook(write('own.json', { effectiveFrom: '2026-01-01', currency: 'SAR', rules, markets }));
    expect(book.priceOf(book.marketOf('SA', OCTOBER), 'MARKETING', OCTOBER)).toEqual({ micros: 500_000, currency: 'SAR' });
    expect(book.priceOf(book.marketOf('DE', OCTOBER), 'MARKETING', OCTOBER)).toBeNull();
  });

  it('is refused with the reason when it cannot be read', () => {
    expect(() => readPriceBook(write('a.json', { currency: 'SAR', rules, markets }))).toThrow('needs "effectiveFrom"');
    const bad = { Everywhere: { countries: ['SA'], marketing: 'much' } };
    expect(() => readPriceBook(write('b.json', { effectiveFrom: '2026-01-01', currency: 'SAR', rules, markets: bad }))).toThrow(
      'no number',
    );
    expect(() => new PriceBook([])).toThrow('no table');
  });
});

describe('what Meta charges', () => {
  const sent = { market: 'Germany', sentAt: OCTOBER };

  it('is the list price of what it names', () => {
    expect(costOf({ category: 'utility', type: 'regular', billable: true }, sent)).toEqual({
      category: 'UTILITY',
      priceType: 'REGULAR',
      micros: 55_000,
      currency: 'USD',
    });
  });

  it('is nothing for what it calls free, in whatever word', () => {
    expect(costOf({ category: 'service', type: 'free_entry_point' }, sent)).toMatchObject({
      priceType: 'FREE_ENTRY_POINT',
      micros: 0,
    });
    expect(costOf({ category: 'service', type: 'monthly_allowance', billable: false }, sent)).toMatchObject({
      priceType: 'MONTHLY_ALLOWANCE',
      micros: 0,
    });
  });

  it('is unknown where there is no price, and its word is kept', () => {
    expect(costOf({ category: 'group_service', type: 'regular' }, sent)).toMatchObject({
      category: 'GROUP_SERVICE',
      micros: null,
    });
    expect(
      costOf({ category: 'authentication-international', type: 'regular' }, { market: 'India', sentAt: OCTOBER }),
    ).toMatchObject({
      category: 'AUTHENTICATION_INTERNATIONAL',
      micros: 30_400,
    });
    expect(costOf({ category: 'service' }, { market: null, sentAt: OCTOBER })).toMatchObject({ micros: null });
  });
});
