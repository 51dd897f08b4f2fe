import { randomFillSync } from 'node:crypto';

const DIGITS = Buffer.from('0123456789abcdef');
/** Random bytes by the thousand: one call of the generator each would cost more than the rest. */
const random = Buffer.alloc(8 * 1024);
let nextRandom = random.length;

let lastMillisecond = 0;
let counter = 0;
/** The id that was made last, letter by letter: most of it stays for the next one. */
const letters = Buffer.from('00000000-0000-7000-8000-000000000000');
const COUNTER_AT = 15;
const VARIANT_AT = 19;

/**
 * Makes a UUIDv7: 48 bits of milliseconds, a 12-bit counter, 62 random bits. Within a process every id sorts after the one before it,
 * also inside one millisecond and when the machine's clock steps back.
 */
export function newId(): string {
  const now = Date.now();
  if (now > lastMillisecond) startMillisecond(now);
  // 4,096 ids in one millisecond: borrow the next one rather than repeat or go back.
  else if (++counter > 0xfff) startMillisecond(lastMillisecond + 1);
  write(counter, COUNTER_AT, 3);
  const at = takeRandom();
  letters[VARIANT_AT] = DIGITS[8 + ((random[at + 7] as number) >> 6)] as number;
  for (let digit = 0; digit < 15; digit++) {
    const byte = random[at + (digit >> 1)] as number;
    letters[VARIANT_AT + 1 + digit + (digit > 2 ? 1 : 0)] = DIGITS[digit & 1 ? byte >> 4 : byte & 15] as number;
  }
  return letters.toString('latin1');
}

/** Sorts before every id that was made in that millisecond or later, and after all others. */
export function firstIdAt(ms: number): string {
  const time = Math.max(0, Math.floor(ms)).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`;
}

/** Tells whether a text is an id as this product writes them: a UUID in lower case. Anything else can be answered without a query. */
export function isId(text: unknown): text is string {
  return typeof text === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}

/** The counter starts at random in its lower half: ids of two processes rarely tie, and 2,048 more still fit. */
function startMillisecond(millisecond: number): void {
  lastMillisecond = millisecond;
  write(Math.floor(millisecond / 0x10000), 0, 8);
  write(millisecond % 0x10000, 9, 4);
  const at = takeRandom();
  counter = random.readUInt16LE(at) & 0x7ff;
}

/** Writes a number in so many hexadecimal digits. */
function write(value: number, at: number, digits: number): void {
  for (let place = at + digits - 1, rest = value; place >= at; place--, rest = Math.floor(rest / 16))
    letters[place] = DIGITS[rest % 16] as number;
}

/** Where eight bytes stand that nobody has had. */
function takeRandom(): number {
  if (nextRandom === random.length) {
    randomFillSync(random);
    nextRandom = 0;
  }
  nextRandom += 8;
  return nextRandom - 8;
}
