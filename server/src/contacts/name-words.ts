import type { Keys } from '../platform/keys.ts';

/** Shorter beginnings would match almost everyone, longer ones tell nothing more. */
const SHORTEST = 2;
const LONGEST = 12;
/** A name of more words than this is no name: the rest is not indexed. */
export const MOST_WORDS = 8;

/** Tashkeel, the superscript alef and tatweel carry no letter of their own; NFKC leaves them in. */
const ORNAMENTS = /(?=\p{scx=Arabic})\p{M}|\u0640/gu;
/** Letters that people write one for the other. */
const SAME_LETTERS: [RegExp, string][] = [
  [/[\u0622\u0623\u0625\u0671]/g, '\u0627'],
  [/[\u0649\u06cc]/g, '\u064a'],
  [/\u0629/g, '\u0647'],
  [/\u06a9/g, '\u0643'],
];

/** The words of a text in the one form in which they are indexed and searched: each at most once, at most 12 characters of it. */
export function searchWords(text: string): string[] {
  return [...new Set(wordsOf(text).map((word) => [...word].slice(0, LONGEST).join('')))];
}

/** Every beginning of a name's words, from 2 to 12 characters. */
export function nameBeginnings(name: string): string[] {
  const beginnings = new Set<string>();
  for (const word of wordsOf(name).slice(0, MOST_WORDS)) {
    const letters = [...word].slice(0, LONGEST);
    for (let length = SHORTEST; length <= letters.length; length++) beginnings.add(letters.slice(0, length).join(''));
  }
  return [...beginnings];
}

/** What `contact_word` holds for a name: blind indexes of its beginnings. Needs the tenant's keys at hand. */
export function nameIndexes(keys: Keys, tenantId: string, name: string): Buffer[] {
  return nameBeginnings(name).map((beginning) => keys.blind(tenantId, 'contact.word', beginning));
}

function wordsOf(text: string): string[] {
  let plain = text.normalize('NFKC').replace(ORNAMENTS, '').toLowerCase();
  for (const [letters, letter] of SAME_LETTERS) plain = plain.replace(letters, letter);
  return plain.split(/[^\p{L}\p{N}\p{M}]+/u).filter((word) => [...word].length >= SHORTEST);
}
