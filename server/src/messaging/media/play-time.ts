import { bareType } from '../../whatsapp/media-limits.ts';

/** What a look at the ends of a recording tells. */
export interface Play {
  durationMs: number | null;
  width: number | null;
  height: number | null;
}

const UNKNOWN: Play = { durationMs: null, width: null, height: null };
/** Samples a second that Opus counts in, whatever was recorded. */
const OPUS_RATE = 48_000;
const LONGEST_MS = 24 * 3_600_000;

/** How long an Ogg Opus or an MP4 plays, and how large its picture is, from its first and last 64 KB; null for what they do not say. */
export function playOf(type: string, head: Buffer, tail: Buffer): Play {
  const bare = bareType(type);
  if (bare === 'audio/ogg') return { ...UNKNOWN, durationMs: sensible(oggDuration(head, tail)) };
  if (bare !== 'video/mp4' && bare !== 'video/3gpp' && bare !== 'audio/mp4') return UNKNOWN;
  // What describes the film stands at its beginning or at its end.
  const part = [head, tail].find((end) => end.includes('mvhd'));
  if (!part) return UNKNOWN;
  return {
    durationMs: sensible(movieDuration(part)),
    ...(bare === 'audio/mp4' ? { width: null, height: null } : pictureSize(part)),
  };
}

function sensible(ms: number | null): number | null {
  return ms !== null && ms >= 0 && ms <= LONGEST_MS ? Math.round(ms) : null;
}

/** The last page says how many samples were played until its end, those to be skipped at the beginning included. */
function oggDuration(head: Buffer, tail: Buffer): number | null {
  const opus = head.indexOf('OpusHead');
  const page = tail.lastIndexOf('OggS');
  if (opus < 0 || page < 0 || page + 14 > tail.length || opus + 12 > head.length) return null;
  const samples = tail.readBigUInt64LE(page + 6);
  return samples > BigInt(Number.MAX_SAFE_INTEGER) ? null : ((Number(samples) - head.readUInt16LE(opus + 10)) * 1000) / OPUS_RATE;
}

/** `mvhd`: version and flags, two times (4 bytes each, 8 in version 1), units a second, duration in them. */
function movieDuration(part: Buffer): number | null {
  const at = part.indexOf('mvhd') + 4;
  const isLong = part[at] === 1;
  const units = at + (isLong ? 20 : 12);
  if (units + 12 > part.length) return null;
  const duration = isLong ? Number(part.readBigUInt64BE(units + 4)) : part.readUInt32BE(units + 4);
  const perSecond = part.readUInt32BE(units);
  return perSecond === 0 ? null : (duration * 1000) / perSecond;
}

/** `tkhd` ends with width and height in 65,536ths of a pixel; a track of sound has none. */
function pictureSize(part: Buffer): Pick<Play, 'width' | 'height'> {
  for (let at = part.indexOf('tkhd'); at >= 0; at = part.indexOf('tkhd', at + 4)) {
    const sizes = at + 4 + (part[at + 4] === 1 ? 88 : 76);
    if (sizes + 8 > part.length) break;
    const [width, height] = [part.readUInt32BE(sizes) >>> 16, part.readUInt32BE(sizes + 4) >>> 16];
    if (width && height) return { width, height };
  }
  return { width: null, height: null };
}
