import { preferences } from '#lib/preferences/preferences.svelte.ts';

/** What a language is called by its reader; `code` as Meta writes it, such as `en_US`. */
export function languageName(code: string): string {
  try {
    return new Intl.DisplayNames(preferences.tag, { type: 'language' }).of(code.replace('_', '-')) ?? code;
  } catch {
    return code;
  }
}
