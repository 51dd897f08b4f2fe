import { preferences } from '#lib/preferences/preferences.svelte.ts';
import { isolate } from './fill.ts';

const units = ['kilobyte', 'megabyte', 'gigabyte'] as const;

/** The size of a file in its largest unit, such as 214 kB. */
export function fileSize(bytes: number): string {
  const step = bytes < 1_000_000 ? 1 : bytes < 1_000_000_000 ? 2 : 3;
  const value = Math.max(1, bytes / 1_000 ** step);
  return new Intl.NumberFormat(preferences.tag, {
    style: 'unit',
    unit: units[step - 1] ?? 'gigabyte',
    unitDisplay: 'short',
    maximumFractionDigits: value < 10 && step > 1 ? 1 : 0,
  }).format(value);
}

/** An amount of money as the reader writes it; small prices keep up to four places. */
export function money(amount: number, currency: string): string {
  try {
    const format = new Intl.NumberFormat(preferences.tag, { style: 'currency', currency, maximumFractionDigits: 4 });
    if (preferences.locale === 'en') return format.format(amount);
    // Among Arabic, US$ would lose its dollar to the other side.
    const parts = format.formatToParts(amount);
    return parts.map(({ type, value }) => (type === 'currency' ? isolate(value) : value)).join('');
  } catch {
    // What somebody else calls a currency may be none.
    return `${preferences.numbers.format(amount)} ${currency}`;
  }
}

/** A whole number in at least so many digits of the reader: the parts of a player's time. */
export function digits(value: number, width: number): string {
  return new Intl.NumberFormat(preferences.tag, { minimumIntegerDigits: width, useGrouping: false }).format(value);
}

/** Degrees of a place, such as 24.7136° N, 46.6753° E. */
export function degrees(latitude: number, longitude: number): string {
  const part = (value: number, positive: string, negative: string) => {
    const text = new Intl.NumberFormat('en', { minimumFractionDigits: 4, maximumFractionDigits: 4 }).format(Math.abs(value));
    return `${text}° ${value < 0 ? negative : positive}`;
  };
  return `${part(latitude, 'N', 'S')}, ${part(longitude, 'E', 'W')}`;
}
