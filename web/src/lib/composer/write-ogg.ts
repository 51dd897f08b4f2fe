import type { OpusStream } from './read-webm.ts';

/** Opus counts time at this rate, whatever was recorded. */
const rate = 48_000;
/** A page ends after a second of sound: players look for places by pages. */
const pageLength = rate;
const mostSegments = 255;

/** Packs Opus packets into an Ogg file, as WhatsApp takes voice messages; `ms` is how long it plays. */
export function writeOgg({ head, packets }: OpusStream): { file: Uint8Array<ArrayBuffer>; ms: number } {
  const serial = 1;
  const pages: Uint8Array[] = [
    page([head], { serial, index: 0, granule: 0, flags: 2 }),
    page([tags()], { serial, index: 1, granule: 0, flags: 0 }),
  ];
  let granule = 0;
  let waiting: Uint8Array[] = [];
  let waitingLength = 0;
  for (const [index, packet] of packets.entries()) {
    waiting.push(packet);
    waitingLength += samplesOf(packet);
    const isLast = index === packets.length - 1;
    const next = packets[index + 1];
    const segments = waiting.reduce((sum, one) => sum + segmentsOf(one), 0);
    if (!isLast && waitingLength < pageLength && segments + segmentsOf(next ?? packet) <= mostSegments) continue;
    granule += waitingLength;
    pages.push(page(waiting, { serial, index: pages.length, granule, flags: isLast ? 4 : 0 }));
    waiting = [];
    waitingLength = 0;
  }
  return { file: joined(pages), ms: Math.round((granule / rate) * 1_000) };
}

/** How long a packet plays, in samples: its first byte says how long a frame is and how many there are. */
export function samplesOf(packet: Uint8Array): number {
  const [first = 0, second = 0] = packet;
  const config = first >> 3;
  const tenths =
    config < 12 ? [100, 200, 400, 600][config % 4] : config < 16 ? [100, 200][config % 2] : [25, 50, 100, 200][config % 4];
  const frames = [1, 2, 2, second & 63][first & 3] ?? 1;
  return ((tenths ?? 200) * frames * rate) / 10_000;
}

const segmentsOf = (packet: Uint8Array) => Math.floor(packet.length / 255) + 1;

interface PageFacts {
  serial: number;
  index: number;
  granule: number;
  /** 2 on the first page, 4 on the last. */
  flags: number;
}

function page(packets: readonly Uint8Array[], { serial, index, granule, flags }: PageFacts): Uint8Array {
  const lacing = packets.flatMap((packet) => [...Array.from({ length: segmentsOf(packet) - 1 }, () => 255), packet.length % 255]);
  const header = new Uint8Array(27 + lacing.length);
  const view = new DataView(header.buffer);
  header.set(new TextEncoder().encode('OggS'));
  view.setUint8(5, flags);
  view.setBigUint64(6, BigInt(granule), true);
  view.setUint32(14, serial, true);
  view.setUint32(18, index, true);
  view.setUint8(26, lacing.length);
  header.set(lacing, 27);
  const whole = joined([header, ...packets]);
  new DataView(whole.buffer).setUint32(22, checksum(whole), true);
  return whole;
}

function tags(): Uint8Array {
  const vendor = new TextEncoder().encode('Cube Connect');
  const bytes = new Uint8Array(8 + 4 + vendor.length + 4);
  bytes.set(new TextEncoder().encode('OpusTags'));
  new DataView(bytes.buffer).setUint32(8, vendor.length, true);
  bytes.set(vendor, 12);
  return bytes;
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24;
  for (let bit = 0; bit < 8; bit += 1) value = value & 0x80000000 ? (value << 1) ^ 0x04c11db7 : value << 1;
  return value >>> 0;
});

/** Ogg's own CRC: not mirrored, beginning at nothing. */
export function checksum(bytes: Uint8Array): number {
  let value = 0;
  for (const byte of bytes) value = ((value << 8) ^ (table[((value >>> 24) ^ byte) & 0xff] ?? 0)) >>> 0;
  return value;
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
