import { preferences } from '#lib/preferences/preferences.svelte.ts';
import type { EnglishMessages, FillingsArgumentOf, InArabic } from './catalogue.ts';
import { fill, formOf, strongPieces, type TextPiece } from './fill.ts';

const rules = { en: new Intl.PluralRules('en'), ar: new Intl.PluralRules('ar') };

/** Sentences in the reader's language; reading one in a component follows every change of language. */
export interface Texts<M> {
  /** The sentence of `key`, filled in. What people typed belongs through `isolate` first. */
  t<K extends keyof M & string>(key: K, ...[fillings]: FillingsArgumentOf<M, K>): string;
  /** As `t`, in pieces that say which part is strong. */
  tPieces<K extends keyof M & string>(key: K, ...[fillings]: FillingsArgumentOf<M, K>): TextPiece[];
}

/** The digits of the reader, such as 1,240 or ١٬٢٤٠. */
export function number(value: number): string {
  return preferences.numbers.format(value);
}

/** A catalogue in both languages. A page has one of its own, so that its words are loaded with it and not before. */
export function textsOf<M extends EnglishMessages>(en: M, ar: InArabic<M>): Texts<M> {
  const catalogues: Record<'en' | 'ar', EnglishMessages> = { en, ar };
  const textOf = (key: string, fillings: Record<string, string | number>): string => {
    const { locale } = preferences;
    const count = fillings['n'];
    return formOf(catalogues[locale][key] ?? key, rules[locale], typeof count === 'number' ? count : undefined);
  };
  return {
    t: (key, ...[fillings]) => {
      const values: Record<string, string | number> = fillings ?? {};
      return fill(textOf(key, values), values, number).replaceAll('*', '');
    },
    tPieces: (key, ...[fillings]) => {
      const values: Record<string, string | number> = fillings ?? {};
      return strongPieces(textOf(key, values)).map((piece) => ({ ...piece, text: fill(piece.text, values, number) }));
    },
  };
}
