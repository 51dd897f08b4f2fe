import type { PluralForm } from './catalogue.ts';

export type Forms = Partial<Record<PluralForm, string>> & { other: string };
export type FormatNumber = (value: number) => string;

/** The text of a message for a count: a form the language does not use falls back to `other`. */
export function formOf(message: string | Forms, rules: Intl.PluralRules, n: number | undefined): string {
  if (typeof message === 'string') return message;
  return message[rules.select(n ?? 0)] ?? message.other;
}

/** Replaces every `{name}`; numbers go through `format`, so that they carry the reader's digits. */
export function fill(text: string, fillings: Record<string, string | number>, format: FormatNumber): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = fillings[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? format(value) : value;
  });
}

const firstStrongIsolate = '\u2068';
const popIsolate = '\u2069';

/** Keeps what people typed (a name, a message) from turning the sentence around it. */
export function isolate(text: string): string {
  return firstStrongIsolate + text + popIsolate;
}

export interface TextPiece {
  text: string;
  strong: boolean;
}

/** Splits a template at its `*…*` marks before anything is filled in, so that a star somebody typed marks nothing. */
export function strongPieces(template: string): TextPiece[] {
  return template
    .split('*')
    .map((text, index) => ({ text, strong: index % 2 === 1 }))
    .filter((piece) => piece.text !== '');
}
