import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import callingCodes from './prices/calling-codes.json' with { type: 'json' };
import { isJson, type Json } from './read-json.ts';

/** What Meta charges a message as. */
export const PRICE_CATEGORIES = ['MARKETING', 'UTILITY', 'AUTHENTICATION', 'AUTHENTICATION_INTERNATIONAL', 'SERVICE'] as const;
export type PriceCategory = (typeof PRICE_CATEGORIES)[number];

export interface Price {
  /** Millionths of the currency. */
  micros: number;
  /** ISO 4217. */
  currency: string;
}

/** What is charged at all, from a date on. */
export interface PriceRules {
  /** Free-form messages: since 1 October 2026. */
  isServiceCharged: boolean;
  /** Utility templates while the customer's window is open: since 1 October 2026. */
  isUtilityInWindowCharged: boolean;
  /** Free-form messages of a number that cost nothing, each month. */
  freeServiceMessages: number;
}

interface PriceTable {
  from: number;
  currency: string;
  rules: PriceRules;
  /** By market, in micros. */
  prices: Map<string, Partial<Record<PriceCategory, number>>>;
  /** By ISO 3166 country. */
  markets: Map<string, string>;
}

/** The names of the categories in the tables. */
const KEYS: Record<PriceCategory, string> = {
  MARKETING: 'marketing',
  UTILITY: 'utility',
  AUTHENTICATION: 'authentication',
  AUTHENTICATION_INTERNATIONAL: 'authenticationInternational',
  SERVICE: 'service',
};
/** The market of all countries that no other names. */
const OTHER = 'Other';
const OWN_TABLES = path.join(import.meta.dirname, 'prices');
const CODES: Readonly<Record<string, string>> = callingCodes;
const LONGEST_CODE = Math.max(...Object.keys(CODES).map((code) => code.length));

/** Where a person is charged: the country of their phone, or of their user id, such as `DE.4410A`; null when neither tells. */
export function countryOf({ phone, userId }: { phone?: string | null; userId?: string | null }): string | null {
  const digits = phone?.replace(/\D/g, '') ?? '';
  for (let length = Math.min(LONGEST_CODE, digits.length); length > 0; length--) {
    const country = CODES[digits.slice(0, length)];
    if (country) return country;
  }
  return /^([A-Z]{2})\./.exec(userId ?? '')?.[1] ?? null;
}

/** Dated tables of prices. Before the first of them the first holds: nothing better is known. */
export class PriceBook {
  readonly #tables: PriceTable[];

  constructor(tables: PriceTable[]) {
    if (!tables.length) throw new Error('There is no table of prices.');
    this.#tables = tables.sort((one, other) => one.from - other.from);
  }

  rulesAt(at: Date): PriceRules {
    return this.#tableAt(at).rules;
  }

  /** The market that a country is charged in. */
  marketOf(country: string, at: Date): string {
    return this.#tableAt(at).markets.get(country) ?? OTHER;
  }

  /** The list price, without any volume tiers; null where there is none. */
  priceOf(market: string, category: PriceCategory, at: Date): Price | null {
    const { prices, currency } = this.#tableAt(at);
    const micros = prices.get(market)?.[category];
    return micros === undefined ? null : { micros, currency };
  }

  #tableAt(at: Date): PriceTable {
    return this.#tables.findLast((table) => table.from <= at.getTime()) ?? (this.#tables[0] as PriceTable);
  }
}

/**
 * Reads a table, or all of a folder: our own unless another is named. A table is JSON like those in `prices/`.
 * Throws with the reason when one cannot be read.
 */
export function readPriceBook(place: string = OWN_TABLES): PriceBook {
  const files = statSync(place).isDirectory()
    ? readdirSync(place)
        .filter((name) => name.endsWith('.json') && name !== 'calling-codes.json')
        .map((name) => path.join(place, name))
    : [place];
  return new PriceBook(files.map((file) => readTable(file)));
}

function readTable(file: string): PriceTable {
  const fail = (what: string) => new Error(`The table of prices ${file} ${what}.`);
  const raw: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!isJson(raw) || !isJson(raw.markets) || !isJson(raw.rules)) throw fail('needs "markets" and "rules"');
  const from = Date.parse(`${String(raw.effectiveFrom)}T00:00:00Z`);
  if (Number.isNaN(from)) throw fail('needs "effectiveFrom" as YYYY-MM-DD');
  if (typeof raw.currency !== 'string' || !/^[A-Z]{3}$/.test(raw.currency)) throw fail('needs "currency" as ISO 4217');
  const table: PriceTable = { from, currency: raw.currency, rules: readRules(raw.rules), prices: new Map(), markets: new Map() };
  for (const [market, row] of Object.entries(raw.markets)) {
    if (!isJson(row) || !Array.isArray(row.countries)) throw fail(`needs "countries" of ${market}`);
    for (const country of row.countries) table.markets.set(String(country), market);
    table.prices.set(
      market,
      readPrices(row, () => fail(`has a price of ${market} that is no number`)),
    );
  }
  return table;
}

function readRules({ isServiceCharged, isUtilityInWindowCharged, freeServiceMessages }: Json): PriceRules {
  return {
    isServiceCharged: isServiceCharged !== false,
    isUtilityInWindowCharged: isUtilityInWindowCharged !== false,
    freeServiceMessages: Number(freeServiceMessages ?? 0),
  };
}

function readPrices(row: Json, fault: () => Error): Partial<Record<PriceCategory, number>> {
  const prices: Partial<Record<PriceCategory, number>> = {};
  for (const category of PRICE_CATEGORIES) {
    const amount = row[KEYS[category]];
    if (amount === undefined) continue;
    if (typeof amount !== 'number' || !(amount >= 0)) throw fault();
    prices[category] = Math.round(amount * 1e6);
  }
  return prices;
}
