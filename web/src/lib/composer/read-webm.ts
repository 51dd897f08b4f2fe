/** Elements that hold others: the reader steps into them. Browsers write clusters whose length is unknown, so ends are not looked at. */
const holders = new Set([0x18538067, 0x1654ae6b, 0xae, 0x1f43b675, 0xa0]);
const codecPrivate = 0x63a2;
const simpleBlock = 0xa3;
const block = 0xa1;

export interface OpusStream {
  /** What Ogg begins with too: `OpusHead` and its settings. */
  head: Uint8Array;
  packets: Uint8Array[];
}

/** Takes the Opus packets out of what a browser recorded as WebM: one track, one packet in each block. Throws when it is something else. */
export function readWebm(bytes: Uint8Array): OpusStream {
  let head: Uint8Array | null = null;
  const packets: Uint8Array[] = [];
  let at = 0;
  while (at < bytes.length) {
    const id = readId(bytes, at);
    const size = readSize(bytes, at + id.length);
    const start = at + id.length + size.length;
    if (holders.has(id.value)) {
      at = start;
      continue;
    }
    const content = bytes.subarray(start, start + size.value);
    if (id.value === codecPrivate) head = content;
    if (id.value === simpleBlock || id.value === block) packets.push(packetOf(content));
    at = start + size.value;
  }
  if (!head || new TextDecoder().decode(head.subarray(0, 8)) !== 'OpusHead') throw new Error('This is no WebM with Opus.');
  return { head, packets };
}

interface Read {
  value: number;
  /** Bytes it took. */
  length: number;
}

function readId(bytes: Uint8Array, at: number): Read {
  const length = lengthOf(bytes[at] ?? 0);
  return { value: number(bytes, at, length), length };
}

function readSize(bytes: Uint8Array, at: number): Read {
  const length = lengthOf(bytes[at] ?? 0);
  const first = (bytes[at] ?? 0) & (0xff >> length);
  let value = first;
  for (let index = 1; index < length; index += 1) value = value * 256 + (bytes[at + index] ?? 0);
  return { value, length };
}

/** How many bytes a number takes: one more than its first byte has leading zeros. */
function lengthOf(first: number): number {
  if (first === 0) throw new Error('This is no WebM.');
  return Math.clz32(first) - 23;
}

function number(bytes: Uint8Array, at: number, length: number): number {
  let value = 0;
  for (let index = 0; index < length; index += 1) value = value * 256 + (bytes[at + index] ?? 0);
  return value;
}

/** A block begins with its track, its time in two bytes, and flags. */
function packetOf(content: Uint8Array): Uint8Array {
  return content.subarray(lengthOf(content[0] ?? 0) + 3);
}
