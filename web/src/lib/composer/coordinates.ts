import { latinDigits } from '#lib/i18n/latin-digits.ts';

export interface Coordinates {
  latitude: number;
  longitude: number;
}

const number = String.raw`(-?\d{1,3}(?:\.\d+)?)`;
/** In the order in which a link says them best: the pin before the middle of the map. */
const patterns = [
  new RegExp(`!3d${number}!4d${number}`),
  new RegExp(`mlat=${number}&mlon=${number}`),
  new RegExp(`[?&](?:q|query|ll|destination|daddr)=(?:loc:)?${number}(?:,|%2C)\\+?${number}`, 'i'),
  new RegExp(`@${number},${number}`),
  new RegExp(`#map=\\d+/${number}/${number}`),
  new RegExp(`^geo:${number},${number}`, 'i'),
  new RegExp(`^\\s*${number}\\s*[,;\\s]\\s*${number}\\s*$`),
];

/** Finds the place in what somebody pasted: two numbers, or the link of a map. Null when there is none on this earth. */
export function readCoordinates(text: string): Coordinates | null {
  // Eastern Arabic digits and their comma are written by many keyboards.
  const latin = latinDigits(text).replaceAll('٫', '.').replaceAll('،', ',');
  for (const pattern of patterns) {
    const match = pattern.exec(latin);
    if (!match) continue;
    const [latitude, longitude] = [Number(match[1]), Number(match[2])];
    if (Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) return { latitude, longitude };
  }
  return null;
}
