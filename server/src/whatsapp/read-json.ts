/** An object out of JSON.parse: nothing is known about its values. */
export type Json = Record<string, unknown>;

const ID = /^[\x21-\x7e]{1,256}$/;
const LONE_OR_NUL = /\0|\p{Cs}/u;

/** Whether this is an object, and no list. */
export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The list, or an empty one when it is none. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** An id of 1–256 printable ASCII characters. Meta writes ids as strings and at times as numbers. */
export function idOf(value: unknown): string | undefined {
  if (typeof value === 'string') return ID.test(value) ? value : undefined;
  return Number.isSafeInteger(value) ? String(value) : undefined;
}

/** A text as PostgreSQL can hold it: NUL and lone surrogates become U+FFFD. */
export function textOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  return LONE_OR_NUL.test(value) ? value.toWellFormed().replaceAll('\0', '\ufffd') : value;
}

/** The last millisecond of a moment by Meta's clock, which counts whole seconds. */
export function endOfSecond(ms: number): number {
  return ms + 999;
}

/** Unix seconds, as string or number, in milliseconds; undefined before 2009 (no WhatsApp yet) and after the year 2100. */
export function unixMs(value: unknown): number | undefined {
  const seconds = typeof value === 'string' && /^\d{1,11}$/.test(value) ? Number(value) : value;
  if (typeof seconds !== 'number' || !Number.isInteger(seconds)) return undefined;
  return seconds >= 1_230_768_000 && seconds < 4_102_444_800 ? seconds * 1000 : undefined;
}

/** A text that says something: undefined also for an empty one. */
export function wordsOf(value: unknown): string | undefined {
  return textOf(value) || undefined;
}

/** A finite number, or one written as a string; Meta is not of one mind. */
export function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^-?\d{1,15}(\.\d{1,15})?$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** The object, or an empty one when it is none. */
export function objectOf(value: unknown): Json {
  return isJson(value) ? value : {};
}

/** The objects of a list; whatever else is in it is left out. */
export function objectsOf(value: unknown): Json[] {
  return listOf(value).filter(isJson);
}
