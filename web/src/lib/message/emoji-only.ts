const picture = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const most = 3;

/** Whether a text is one to three emojis and nothing else: WhatsApp shows those large. */
export function isEmojiOnly(text: string): boolean {
  if (text.length > 60) return false;
  const shown = [...graphemes.segment(text)].map(({ segment }) => segment).filter((segment) => segment.trim() !== '');
  return shown.length > 0 && shown.length <= most && shown.every((segment) => picture.test(segment) && !/\p{L}/u.test(segment));
}
