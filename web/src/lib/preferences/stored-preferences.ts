export interface Preferences {
  locale: 'en' | 'ar';
  theme: 'light' | 'dark' | 'system';
  density: 'comfortable' | 'compact';
  /** The digits of Arabic text: 0123 or ٠١٢٣. */
  digits: 'latn' | 'arab';
  /** Whether the reader ever chose anything here: until then the account's language wins. */
  chosen: boolean;
}

function oneOf<T extends string>(value: unknown, allowed: readonly T[], otherwise: T): T {
  return allowed.find((candidate) => candidate === value) ?? otherwise;
}

function parsed(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** Reads what was stored, whatever it is; the browser's language decides when nothing was. */
export function readPreferences(text: string | null, browserLanguage: string): Preferences {
  const saved = parsed(text);
  return {
    locale: oneOf(saved['locale'], ['en', 'ar'], /^ar\b/.test(browserLanguage) ? 'ar' : 'en'),
    theme: oneOf(saved['theme'], ['light', 'dark', 'system'], 'system'),
    density: oneOf(saved['density'], ['comfortable', 'compact'], 'comfortable'),
    digits: oneOf(saved['digits'], ['latn', 'arab'], 'latn'),
    chosen: saved['chosen'] === true,
  };
}
