/** Code points a text body may have; Meta counts these, not UTF-16 units. */
export const TEXT_MAX = 4096;
/** Characters of `biz_opaque_callback_data`. */
export const OPAQUE_MAX = 512;

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

/** Why Meta would refuse this text body, or null when it may be sent. Blank text counts as empty. */
export function textFault(text: string): 'EMPTY' | 'TOO_LONG' | null {
  if (text.trim() === '') return 'EMPTY';
  return codePoints(text, TEXT_MAX) > TEXT_MAX ? 'TOO_LONG' : null;
}
