/** What WhatsApp takes in one text message, in Unicode code points. */
export const textMax = 4096;

/** How many code points are left for a text; negative when it is too long. */
export function pointsLeft(text: string, max = textMax): number {
  let points = 0;
  for (const _ of text) points += 1;
  return max - points;
}
