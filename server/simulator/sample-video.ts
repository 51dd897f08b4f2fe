const SIZE = 64;
const FRAMES = 10;
const TICKS = 10;
const COLOURS = [
  [81, 90, 240],
  [145, 54, 34],
  [41, 240, 110],
] as const;

/** A second of three colours, 64 × 64: H.264 (uncompressed macroblocks, which any player can show) in an MP4. */
export function mp4(): Buffer {
  const frames = Array.from({ length: FRAMES }, (_, index) =>
    sample(COLOURS[Math.floor((index * 3) / FRAMES)] ?? COLOURS[0], index),
  );
  const type = box('ftyp', Buffer.from('isom\0\0\x02\0isomiso2avc1mp41', 'latin1'));
  const data = box('mdat', ...frames);
  const sizes = frames.map((frame) => frame.length);
  return Buffer.concat([type, data, movie(sizes, type.length + 8)]);
}

/** Numbers as H.264 writes them: bit by bit, Exp-Golomb. */
class Bits {
  #text = '';

  put(value: number, length: number): this {
    this.#text += value.toString(2).padStart(length, '0');
    return this;
  }

  golomb(...values: number[]): this {
    for (const value of values) {
      const bits = (value + 1).toString(2);
      this.#text += '0'.repeat(bits.length - 1) + bits;
    }
    return this;
  }

  align(bit: '0' | '1' = '0'): this {
    while (this.#text.length % 8 > 0) this.#text += bit;
    return this;
  }

  bytes(): Buffer {
    return Buffer.from(this.#text.match(/.{8}/g)?.map((byte) => parseInt(byte, 2)) ?? []);
  }
}

function sequence(): Buffer {
  const bits = new Bits().put(66, 8).put(0xc0, 8).put(11, 8);
  bits
    .golomb(0, 0, 2, 1)
    .put(0, 1)
    .golomb(SIZE / 16 - 1, SIZE / 16 - 1);
  return unit(0x67, bits.put(0b110_0, 4).put(1, 1).align());
}

function picture(): Buffer {
  const bits = new Bits().golomb(0, 0).put(0, 2).golomb(0, 0, 0).put(0, 3).golomb(0, 0, 0).put(0, 3);
  return unit(0x68, bits.put(1, 1).align());
}

/** Every frame is whole in itself: a slice of macroblocks that hold their pixels as they are. */
function sample([y, cb, cr]: readonly [number, number, number], index: number): Buffer {
  const bits = new Bits()
    .golomb(0, 7, 0)
    .put(0, 4)
    .golomb(index % 2)
    .put(0, 2)
    .golomb(0);
  for (let block = 0; block < (SIZE / 16) ** 2; block++) {
    bits.golomb(25).align();
    for (let pixel = 0; pixel < 256; pixel++) bits.put(y, 8);
    for (let pixel = 0; pixel < 64; pixel++) bits.put(cb, 8);
    for (let pixel = 0; pixel < 64; pixel++) bits.put(cr, 8);
  }
  const slice = unit(0x65, bits.put(1, 1).align());
  return Buffer.concat([u32(slice.length), slice]);
}

/** No three bytes may look like the start of another unit; the pixels are never 0, so only the header could, and it does not. */
function unit(header: number, bits: Bits): Buffer {
  return Buffer.concat([Buffer.from([header]), bits.bytes()]);
}

function movie(sizes: number[], offset: number): Buffer {
  const matrix = Buffer.concat([0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000].map((value) => u32(value)));
  const header = full(
    'mvhd',
    u32(0, 0, 1000, 1000, 0x10000),
    Buffer.from([1, 0]),
    Buffer.alloc(10),
    matrix,
    Buffer.alloc(24),
    u32(2),
  );
  const place = full('tkhd', u32(0, 0, 1, 0, 1000), Buffer.alloc(16), matrix, u32(SIZE << 16, SIZE << 16));
  place[11] = 3;
  const media = box('mdia', full('mdhd', u32(0, 0, TICKS, FRAMES), u16(0x55c4, 0)), handler(), information(sizes, offset));
  return box('moov', header, box('trak', place, media));
}

function handler(): Buffer {
  return full('hdlr', u32(0), Buffer.from('vide'), Buffer.alloc(12), Buffer.from('video\0'));
}

function information(sizes: number[], offset: number): Buffer {
  const look = full('vmhd', u16(0, 0, 0, 0));
  look[11] = 1;
  const here = full('url ');
  here[11] = 1;
  const table = box(
    'stbl',
    full('stsd', u32(1), avc1()),
    full('stts', u32(1, sizes.length, 1)),
    full('stsc', u32(1, 1, sizes.length, 1)),
    full('stsz', u32(0, sizes.length, ...sizes)),
    full('stco', u32(1, offset)),
  );
  return box('minf', look, box('dinf', full('dref', u32(1), here)), table);
}

function avc1(): Buffer {
  const [sps, pps] = [sequence(), picture()];
  const settings = Buffer.concat([
    Buffer.from([1, 66, 0xc0, 11, 0xff, 0xe1]),
    u16(sps.length),
    sps,
    Buffer.from([1]),
    u16(pps.length),
    pps,
  ]);
  const look = [u16(SIZE, SIZE), u32(0x480000, 0x480000, 0), u16(1), Buffer.alloc(32), u16(24, 0xffff)];
  return box('avc1', Buffer.alloc(6), u16(1), Buffer.alloc(16), ...look, box('avcC', settings));
}

function box(type: string, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([u32(body.length + 8), Buffer.from(type), body]);
}

function full(type: string, ...parts: Buffer[]): Buffer {
  return box(type, u32(0), ...parts);
}

function u32(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, index * 4);
  return bytes;
}

function u16(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [index, value] of values.entries()) bytes.writeUInt16BE(value, index * 2);
  return bytes;
}
