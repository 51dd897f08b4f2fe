import { preferences } from '#lib/preferences/preferences.svelte.ts';
import { ar } from './ar.ts';
import type { FillingsArgument, MessageKey } from './catalogue.ts';
import { en } from './en.ts';
import { fill, formOf, strongPieces, type Forms, type TextPiece } from './fill.ts';

const catalogues = { en, ar };
const rules = { en: new Intl.PluralRules('en'), ar: new Intl.PluralRules('ar') };

/** Text, digits and dates in the reader's language; reading it in a component follows every change of language. */
function textOf(key: MessageKey, fillings: Record<string, string | number>): string {
  const { locale } = preferences;
  const message: string | Forms = catalogues[locale][key];
  const count = fillings['n'];
  return formOf(message, rules[locale], typeof count === 'number' ? count : undefined);
}

/** The digits of the reader, such as 1,240 or ١٬٢٤٠. */
export function number(value: number): string {
  return preferences.numbers.format(value);
}

/** The sentence of `key`, filled in. What people typed belongs through `isolate` first. */
export function t<K extends MessageKey>(key: K, ...[fillings]: FillingsArgument<K>): string {
  const values: Record<string, string | number> = fillings ?? {};
  return fill(textOf(key, values), values, number).replaceAll('*', '');
}

/** As `t`, in pieces that say which part is strong. */
export function tPieces<K extends MessageKey>(key: K, ...[fillings]: FillingsArgument<K>): TextPiece[] {
  const values: Record<string, string | number> = fillings ?? {};
  return strongPieces(textOf(key, values)).map((piece) => ({ ...piece, text: fill(piece.text, values, number) }));
}
