const hues = [20, 65, 100, 160, 195, 228, 300, 345] as const;

/** One of eight hues for an id, always the same: FNV-1a over its characters. */
export function hueOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at += 1) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return hues[(hash >>> 0) % hues.length] ?? hues[0];
}

const arabicLetter = /\p{Script=Arabic}/u;
const latinLetter = /\p{L}/u;

/** The initials of a name: first and last word, or one Arabic letter without the article. Null when there is no letter. */
export function initialsOf(name: string): string | null {
  const words = name.split(/[\s.]+/).filter((word) => latinLetter.test(word));
  const first = words[0];
  if (first === undefined) return null;
  if (arabicLetter.test(first)) return firstLetter(first.replace(/^ال(?=..)/, ''));
  const last = words.length > 1 ? words.at(-1) : undefined;
  return (firstLetter(first) + (last ? firstLetter(last) : '')).toUpperCase();
}

function firstLetter(word: string): string {
  return [...word].find((character) => latinLetter.test(character)) ?? '';
}
