import type { en } from './en.ts';

/** Forms of a counted message. English needs `one` and `other`; Arabic distinguishes all six. */
export type PluralForm = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';
export type EnglishForms = { one: string; other: string };
export type ArabicForms = Record<PluralForm, string>;

export type English = typeof en;
export type MessageKey = keyof English;

/** The same keys in Arabic: a key that is missing, or one too many, is a type error. */
export type InArabic<Messages> = { [K in keyof Messages]: Messages[K] extends string ? string : ArabicForms };
export type Arabic = InArabic<English>;

type Texts<M> = M extends string ? M : M[keyof M];
type Placeholders<T> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | Placeholders<Rest> : never;

/** Sentences in English, as a catalogue of the whole client or of one page holds them. */
export type EnglishMessages = Record<string, string | EnglishForms>;

/** What a message needs filled in, read off its English text; `n` of a counted message is its count. */
export type FillingsOf<M, K extends keyof M> = {
  [P in Placeholders<Texts<M[K]>>]: P extends 'n' ? number : string | number;
} & (M[K] extends string ? unknown : { n: number });

export type FillingsArgumentOf<M, K extends keyof M> = keyof FillingsOf<M, K> extends never ? [] : [fillings: FillingsOf<M, K>];
