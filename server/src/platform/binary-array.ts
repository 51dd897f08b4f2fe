/**
 * Lists as PostgreSQL's own arrays. The driver would write them as text, each value quoted and bytes in hexadecimal, and the server would read that
 * text: for the lists of thousands that a window of the worker sends, both cost more than the statement's work. Nothing here knows how deep a list is:
 * lists of lists stay text.
 */
interface Writer {
  /** The type's number in PostgreSQL's catalogue. */
  oid: number;
  /** Bytes for these values at most, their lengths not counted; NaN when one of them is none of this type. */
  room(values: readonly unknown[]): number;
  /** Writes one and gives where it ends; -1 when it is none of this type. */
  write(into: Buffer, at: number, value: unknown): number;
}

const HEAD = 20;

/** Gives the list as an array of this type; undefined when its type, or one of its values, has to go as text. */
export function binaryArray(type: string, values: readonly unknown[]): Buffer | undefined {
  const writer = WRITERS[type];
  if (!writer) return undefined;
  const room = writer.room(values);
  if (Number.isNaN(room)) return undefined;
  const into = Buffer.allocUnsafe(HEAD + 4 * values.length + room);
  let at = HEAD;
  let nulls = 0;
  // By index: an iterator makes an object for every value.
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (value === null || value === undefined) {
      at = into.writeInt32BE(-1, at);
      nulls = 1;
      continue;
    }
    const end = writer.write(into, at + 4, value);
    if (end < 0) return undefined;
    into.writeInt32BE(end - at - 4, at);
    at = end;
  }
  into.writeInt32BE(values.length ? 1 : 0, 0);
  into.writeInt32BE(nulls, 4);
  into.writeInt32BE(writer.oid, 8);
  if (!values.length) return into.subarray(0, 12);
  into.writeInt32BE(values.length, 12);
  into.writeInt32BE(1, 16);
  return into.subarray(0, at);
}

const NOT_HEX = 0xff;
const HEX = new Uint8Array(128).fill(NOT_HEX);
for (let digit = 0; digit < 16; digit++) {
  HEX[digit.toString(16).charCodeAt(0)] = digit;
  HEX[digit.toString(16).toUpperCase().charCodeAt(0)] = digit;
}

/** Where the two digits of each byte stand in a UUID's 36 characters. */
const PAIRS = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];

/** A column of tenants or conversations holds the same id many times in a row. */
let lastId: string | null = null;
const lastBytes = new Uint8Array(16);

function writeUuid(into: Buffer, at: number, value: unknown): number {
  if (value === lastId) {
    for (let byte = 0; byte < 16; byte++) into[at + byte] = lastBytes[byte] as number;
    return at + 16;
  }
  if (typeof value !== 'string' || value.length !== 36) return -1;
  let wrong = 0;
  for (let byte = 0; byte < 16; byte++) {
    const pair = PAIRS[byte] as number;
    const high = HEX[value.charCodeAt(pair)] ?? NOT_HEX;
    const low = HEX[value.charCodeAt(pair + 1)] ?? NOT_HEX;
    wrong |= high | low;
    lastBytes[byte] = into[at + byte] = (high << 4) | low;
  }
  lastId = wrong > 15 ? null : value;
  return wrong > 15 ? -1 : at + 16;
}

/** Most of our texts are a few plain letters, for which a call into the runtime costs more than the letters. */
function writeText(into: Buffer, at: number, value: unknown): number {
  if (typeof value !== 'string') return -1;
  if (value.length > 40) return at + into.write(value, at, 'utf8');
  for (let index = 0; index < value.length; index++) {
    const code = value.charCodeAt(index);
    if (code > 127) return at + into.write(value, at, 'utf8');
    into[at + index] = code;
  }
  return at + value.length;
}

function writeBytes(into: Buffer, at: number, value: unknown): number {
  return value instanceof Uint8Array ? (into.set(value, at), at + value.length) : -1;
}

function whole(bits: 16 | 32): Writer['write'] {
  const most = 2 ** (bits - 1) - 1;
  return (into, at, value) => {
    if (!Number.isInteger(value) || Math.abs(value as number) > most) return -1;
    return bits === 16 ? into.writeInt16BE(value as number, at) : into.writeInt32BE(value as number, at);
  };
}

const fixed = (size: number) => (values: readonly unknown[]) => size * values.length;

function roomOf(values: readonly unknown[], each: number): number {
  let room = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (value !== null && value !== undefined) room += each * ((value as { length?: number }).length ?? Number.NaN);
  }
  return room;
}

const int4: Writer = { oid: 23, room: fixed(4), write: whole(32) };
const int2: Writer = { oid: 21, room: fixed(2), write: whole(16) };

const WRITERS: Partial<Record<string, Writer>> = {
  uuid: { oid: 2950, room: fixed(16), write: writeUuid },
  text: { oid: 25, room: (values) => roomOf(values, 3), write: writeText },
  bytea: { oid: 17, room: (values) => roomOf(values, 1), write: writeBytes },
  int: int4,
  int4,
  smallint: int2,
  int2,
  float8: {
    oid: 701,
    room: fixed(8),
    write: (into, at, value) => (typeof value === 'number' ? into.writeDoubleBE(value, at) : -1),
  },
  boolean: {
    oid: 16,
    room: fixed(1),
    write: (into, at, value) => (typeof value === 'boolean' ? into.writeUInt8(Number(value), at) : -1),
  },
};
