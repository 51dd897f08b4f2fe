import { readPreferences, type Preferences } from './stored-preferences.ts';

const storageKey = 'cube.preferences';

function stored(): Preferences {
  try {
    return readPreferences(localStorage.getItem(storageKey), navigator.language);
  } catch {
    return readPreferences(null, navigator.language);
  }
}

/**
 * How this reader wants to see the client: language, theme, density, digits. One per browser, so it is a singleton;
 * `first-paint.js` reads the same storage before the client starts.
 */
class ReaderPreferences {
  #saved: Preferences = $state(stored());
  #systemIsDark = $state(false);
  readonly locale = $derived(this.#saved.locale);
  readonly dir = $derived(this.#saved.locale === 'ar' ? 'rtl' : 'ltr');
  /** The language tag for Intl: the Gregorian calendar also in Arabic, and the digits the reader chose. */
  readonly tag = $derived(
    this.#saved.locale === 'ar' ? `ar-u-ca-gregory-nu-${this.#saved.digits === 'arab' ? 'arab' : 'latn'}` : 'en-GB',
  );
  readonly numbers = $derived(new Intl.NumberFormat(this.tag));
  readonly theme = $derived(this.#saved.theme);
  readonly density = $derived(this.#saved.density);
  readonly digits = $derived(this.#saved.digits);
  readonly isDark = $derived(this.#saved.theme === 'dark' || (this.#saved.theme === 'system' && this.#systemIsDark));

  /** Changes some of them and keeps them for the next visit. */
  set(changes: Partial<Preferences>): void {
    this.#save({ ...this.#saved, ...changes, chosen: true });
  }

  /** Takes the account's language, unless the reader has chosen one in this browser. */
  suggestLocale(locale: string): void {
    if (!this.#saved.chosen && (locale === 'ar' || locale === 'en')) this.#save({ ...this.#saved, locale });
  }

  #save(preferences: Preferences): void {
    this.#saved = preferences;
    try {
      localStorage.setItem(storageKey, JSON.stringify(preferences));
    } catch {
      // A browser that refuses storage keeps the choice for this visit only.
    }
  }

  /** Keeps the document in step; call once, in the root layout, where effects may run. */
  applyToDocument(): void {
    const dark = matchMedia('(prefers-color-scheme: dark)');
    this.#systemIsDark = dark.matches;
    $effect(() => {
      const follow = () => (this.#systemIsDark = dark.matches);
      dark.addEventListener('change', follow);
      return () => dark.removeEventListener('change', follow);
    });
    $effect(() => {
      const root = document.documentElement;
      root.lang = this.locale;
      root.dir = this.dir;
      root.dataset.theme = this.isDark ? 'dark' : 'light';
      root.dataset.density = this.density;
    });
  }
}

export const preferences = new ReaderPreferences();
