import { randomUUID } from 'node:crypto';

let lastMillisecond = 0;
let timeDigits = '';
let counter = 0;

/**
 * Makes a UUIDv7: 48 bits of milliseconds, a 12-bit counter, 62 random bits. Within a process every id sorts after the one before it,
 * also inside one millisecond and when the machine's clock steps back.
 */
export function newId(): string {
  const random = randomUUID();
  const now = Date.now();
  if (now > lastMillisecond) startMillisecond(now, random);
  // 4,096 ids in one millisecond: borrow the next one rather than repeat or go back.
  else if (++counter > 0xfff) startMillisecond(lastMillisecond + 1, random);
  return `${timeDigits}-7${counter.toString(16).padStart(3, '0')}-${random.slice(19)}`;
}

/** Tells whether a text is an id as this product writes them: a UUID in lower case. Anything else can be answered without a query. */
export function isId(text: unknown): text is string {
  return typeof text === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}

/** The counter starts at random in its lower half: ids of two processes rarely tie, and 2,048 more still fit. */
function startMillisecond(millisecond: number, random: string): void {
  lastMillisecond = millisecond;
  const digits = millisecond.toString(16).padStart(12, '0');
  timeDigits = `${digits.slice(0, 8)}-${digits.slice(8)}`;
  counter = Number.parseInt(random.slice(15, 18), 16) & 0x7ff;
}
