import { preferences } from '#lib/preferences/preferences.svelte.ts';

/** What a language is called in the reader's own, such as Arabic for `ar`, or American English for `en_US`. */
export function languageName(code: string): string {
  try {
    return new Intl.DisplayNames([preferences.tag], { type: 'language' }).of(code.replace('_', '-')) ?? code;
  } catch {
    return code;
  }
}
