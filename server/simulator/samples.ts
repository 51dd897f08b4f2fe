import { crc32, deflateSync } from 'node:zlib';
import { jpeg, webp } from './sample-pictures.ts';
import { mp4 } from './sample-video.ts';
import { ogg } from './sample-voice.ts';

export interface Sample {
  bytes: Buffer;
  mimeType: string;
  fileName: string;
}

export const SAMPLE_NAMES = ['jpeg', 'png', 'webp', 'mp4', 'ogg', 'pdf'] as const;
export type SampleName = (typeof SAMPLE_NAMES)[number];

const MAKERS: Record<SampleName, () => Sample> = {
  jpeg: () => ({ bytes: jpeg(), mimeType: 'image/jpeg', fileName: 'parcel.jpg' }),
  png: () => ({ bytes: png(), mimeType: 'image/png', fileName: 'label.png' }),
  webp: () => ({ bytes: webp(), mimeType: 'image/webp', fileName: 'smile.webp' }),
  mp4: () => ({ bytes: mp4(), mimeType: 'video/mp4', fileName: 'colours.mp4' }),
  ogg: () => ({ bytes: ogg(), mimeType: 'audio/ogg; codecs=opus', fileName: 'voice.ogg' }),
  pdf: () => ({ bytes: pdf(), mimeType: 'application/pdf', fileName: 'invoice.pdf' }),
};
const made = new Map<SampleName, Sample>();

/** A small file that really is what it says. */
export function sampleOf(name: SampleName): Sample {
  let sample = made.get(name);
  if (!sample) made.set(name, (sample = MAKERS[name]()));
  return sample;
}

/** Stripes, 96 × 64, 8-bit RGB. */
function png(): Buffer {
  const [width, height] = [96, 64];
  const rows = Array.from({ length: height }, (_, y) => {
    const row = Buffer.alloc(1 + width * 3);
    for (let x = 0; x < width; x++) row.set((x + y) % 24 < 12 ? [32, 96, 160] : [240, 244, 248], 1 + x * 3);
    return row;
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.concat(rows))), chunk('IEND')]);
}

function chunk(type: string, data = Buffer.alloc(0)): Buffer {
  const named = Buffer.concat([Buffer.from(type), data]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(data.length, 0);
  named.copy(framed, 4);
  framed.writeUInt32BE(crc32(named), named.length + 4);
  return framed;
}

/** One page that says what it is. */
function pdf(): Buffer {
  const text = 'BT /F1 24 Tf 72 740 Td (Invoice A-4410) Tj 0 -40 Td /F1 12 Tf (Total: 42.00 EUR) Tj ET';
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  const trailer = `trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`;
  return Buffer.from(`${file}xref\n0 ${size}\n0000000000 65535 f \n${table}${trailer}`, 'latin1');
}
