/** Code points a text body may have; Meta counts these, not UTF-16 units. */
export const TEXT_MAX = 4096;
/** Characters of `biz_opaque_callback_data`. */
export const OPAQUE_MAX = 512;

export const CAPTION_MAX = 1024;
export const FILE_NAME_MAX = 240;
/** Of a place; a bound of our own, Meta names none. */
export const PLACE_MAX = 1000;
export const CARDS_MAX = 257;

/** Of everything that offers something to tap on. */
export const INTERACTIVE = {
  body: 1024,
  listBody: 4096,
  header: 60,
  footer: 60,
  buttons: 3,
  buttonTitle: 20,
  buttonId: 256,
  /** What opens a list. */
  listButton: 20,
  sections: 10,
  /** In all sections together. */
  rows: 10,
  sectionTitle: 24,
  rowTitle: 24,
  rowId: 200,
  rowDescription: 72,
  linkTitle: 20,
  url: 2000,
} as const;

/** Counts code points without building an array: an emoji outside the basic plane is one. Stops early beyond `stopAfter`. */
export function codePoints(text: string, stopAfter = Infinity): number {
  let count = 0;
  for (let index = 0; index < text.length && count <= stopAfter; index++, count++) {
    const high = text.charCodeAt(index);
    if (high < 0xd800 || high > 0xdbff) continue;
    const low = text.charCodeAt(index + 1);
    if (low >= 0xdc00 && low <= 0xdfff) index++;
  }
  return count;
}

/** Whether this text has more code points than that. */
export function isLonger(text: string, max: number): boolean {
  return text.length > max && codePoints(text, max) > max;
}

/** Why Meta would refuse this text body, or null when it may be sent. Blank text counts as empty. */
export function textFault(text: string): 'EMPTY' | 'TOO_LONG' | null {
  if (text.trim() === '') return 'EMPTY';
  return isLonger(text, TEXT_MAX) ? 'TOO_LONG' : null;
}
