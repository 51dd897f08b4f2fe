const SERIAL = 1;
const RATE = 48_000;
const FRAME = 960;
/** One second. */
const FRAMES = 50;
/** 20 ms of silence in Opus, mono. */
const SILENCE = Buffer.from([0xf8, 0xff, 0xfe]);

const CRC_TABLE = Array.from({ length: 256 }, (_, index) => {
  let value = index << 24;
  for (let bit = 0; bit < 8; bit++) value = value & 0x80000000 ? (value << 1) ^ 0x04c11db7 : value << 1;
  return value >>> 0;
});

/** A second of silence as a voice note: Ogg with Opus, mono. */
export function ogg(): Buffer {
  const head = Buffer.alloc(19);
  head.write('OpusHead');
  head.set([1, 1], 8);
  head.writeUInt32LE(RATE, 12);
  const vendor = 'simulator';
  const tags = Buffer.alloc(8 + 4 + vendor.length + 4);
  tags.write('OpusTags');
  tags.writeUInt32LE(vendor.length, 8);
  tags.write(vendor, 12);
  const sound = Array.from({ length: FRAMES }, () => SILENCE);
  return Buffer.concat([page(0, 2, 0, [head]), page(1, 0, 0, [tags]), page(2, 4, FRAMES * FRAME, sound)]);
}

/** `flags`: 2 begins the stream, 4 ends it. */
function page(sequence: number, flags: number, granule: number, packets: Buffer[]): Buffer {
  const header = Buffer.alloc(27 + packets.length);
  header.write('OggS');
  header[5] = flags;
  header.writeBigUInt64LE(BigInt(granule), 6);
  header.writeUInt32LE(SERIAL, 14);
  header.writeUInt32LE(sequence, 18);
  header[26] = packets.length;
  for (const [index, packet] of packets.entries()) header[27 + index] = packet.length;
  const whole = Buffer.concat([header, ...packets]);
  whole.writeUInt32LE(crc(whole), 22);
  return whole;
}

function crc(bytes: Buffer): number {
  let value = 0;
  for (const byte of bytes) value = ((value << 8) ^ (CRC_TABLE[(value >>> 24) ^ byte] ?? 0)) >>> 0;
  return value;
}
