import { describe, expect, it } from 'vitest';
import { readWebm } from './read-webm.ts';
import { checksum, samplesOf, writeOgg } from './write-ogg.ts';

const ascii = (text: string) => [...new TextEncoder().encode(text)];
const head = [...ascii('OpusHead'), 1, 1, 0x38, 1, 0x80, 0xbb, 0, 0, 0, 0, 0];
/** A packet of 20 ms, as browsers record it. */
const packet = (length: number, fill: number) => [0x78, ...Array.from({ length: length - 1 }, () => fill)];

/** One element; a length of null is unknown, as of a cluster that is still being written. */
function element(id: number[], content: number[], isOpen = false): number[] {
  const size = isOpen
    ? [0x01, 255, 255, 255, 255, 255, 255, 255]
    : [0x10 | (content.length >> 24), (content.length >> 16) & 255, (content.length >> 8) & 255, content.length & 255];
  return [...id, ...size, ...content];
}

function webm(packets: number[][]): Uint8Array {
  const track = element([0x16, 0x54, 0xae, 0x6b], element([0xae], [...element([0xd7], [1]), ...element([0x63, 0xa2], head)]));
  const blocks = packets.flatMap((one, index) => element([0xa3], [0x81, 0, index * 20, 0x80, ...one]));
  const cluster = element([0x1f, 0x43, 0xb6, 0x75], [...element([0xe7], [0]), ...blocks], true);
  const ebml = element([0x1a, 0x45, 0xdf, 0xa3], element([0x42, 0x82], ascii('webm')));
  return Uint8Array.from([...ebml, ...element([0x18, 0x53, 0x80, 0x67], [...track, ...cluster], true)]);
}

/** The pages of an Ogg file: their granules, flags, lengths of packets, and whether their checksums hold. */
function pagesOf(file: Uint8Array) {
  const pages = [];
  for (let at = 0; at < file.length;) {
    const view = new DataView(file.buffer, file.byteOffset + at);
    const lacing = [...file.subarray(at + 27, at + 27 + view.getUint8(26))];
    const length = 27 + lacing.length + lacing.reduce((sum, one) => sum + one, 0);
    const whole = file.slice(at, at + length);
    const said = view.getUint32(22, true);
    new DataView(whole.buffer).setUint32(22, 0);
    pages.push({
      granule: Number(view.getBigUint64(6, true)),
      flags: view.getUint8(5),
      lacing,
      isSound: checksum(whole) === said,
    });
    at += length;
  }
  return pages;
}

describe('a voice message recorded as WebM', () => {
  it('keeps its packets as they are in Ogg', () => {
    const packets = [packet(60, 1), packet(255, 2), packet(300, 3)];
    const read = readWebm(webm(packets));
    expect(read.packets.map((one) => [...one])).toEqual(packets);
    const { file, ms } = writeOgg(read);
    const pages = pagesOf(file);
    expect(ms).toBe(60);
    expect(pages.map(({ flags }) => flags)).toEqual([2, 0, 4]);
    expect(pages.at(-1)?.lacing).toEqual([60, 255, 0, 255, 45]);
    expect(pages.at(-1)?.granule).toBe(2_880);
    expect(pages.every(({ isSound }) => isSound)).toBe(true);
    expect(new TextDecoder().decode(file.subarray(28, 36))).toBe('OpusHead');
  });

  it('makes a page of each second', () => {
    const { file, ms } = writeOgg(readWebm(webm(Array.from({ length: 120 }, (_, index) => packet(40, index)))));
    expect(ms).toBe(2_400);
    expect(pagesOf(file).map(({ granule }) => granule)).toEqual([0, 0, 48_000, 96_000, 115_200]);
  });

  it('is refused when it is something else', () => {
    expect(() => readWebm(Uint8Array.from([...ascii('RIFF'), 0, 0, 0, 0]))).toThrow();
    expect(() => readWebm(new Uint8Array(0))).toThrow();
  });

  it('says by its first byte how long a packet plays', () => {
    expect([[0x78], [0x79], [0x0b, 3], [0xf8]].map((one) => samplesOf(Uint8Array.from(one)) / 48)).toEqual([20, 40, 60, 20]);
  });
});
