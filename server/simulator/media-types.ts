const MB = 1024 * 1024;
const OFFICE = 'application/vnd.openxmlformats-officedocument';

export type MediaKind = 'image' | 'video' | 'audio' | 'document' | 'sticker';

/** What Meta takes, by MIME type: for which kinds of message, how large, and what its first bytes look like. */
const TYPES: Record<string, { kinds: MediaKind[]; max: number; isLike: (bytes: Buffer) => boolean }> = {
  'image/jpeg': { kinds: ['image'], max: 5 * MB, isLike: starts('ffd8ff') },
  'image/png': { kinds: ['image'], max: 5 * MB, isLike: starts('89504e470d0a1a0a') },
  'image/webp': {
    kinds: ['sticker'],
    max: MB / 2,
    isLike: (bytes) => ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP',
  },
  'video/mp4': { kinds: ['video'], max: 16 * MB, isLike: isBox },
  'video/3gpp': { kinds: ['video'], max: 16 * MB, isLike: isBox },
  'audio/aac': { kinds: ['audio'], max: 16 * MB, isLike: (bytes) => bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xf0) === 0xf0 },
  'audio/amr': { kinds: ['audio'], max: 16 * MB, isLike: (bytes) => ascii(bytes, 0, 5) === '#!AMR' },
  'audio/mpeg': { kinds: ['audio'], max: 16 * MB, isLike: (bytes) => ascii(bytes, 0, 3) === 'ID3' || bytes[0] === 0xff },
  'audio/mp4': { kinds: ['audio'], max: 16 * MB, isLike: isBox },
  'audio/ogg': { kinds: ['audio'], max: 16 * MB, isLike: (bytes) => ascii(bytes, 0, 4) === 'OggS' },
  'text/plain': { kinds: ['document'], max: 100 * MB, isLike: (bytes) => !bytes.subarray(0, 4096).includes(0) },
  'application/pdf': { kinds: ['document'], max: 100 * MB, isLike: (bytes) => ascii(bytes, 0, 5) === '%PDF-' },
  'application/msword': { kinds: ['document'], max: 100 * MB, isLike: starts('d0cf11e0') },
  'application/vnd.ms-excel': { kinds: ['document'], max: 100 * MB, isLike: starts('d0cf11e0') },
  'application/vnd.ms-powerpoint': { kinds: ['document'], max: 100 * MB, isLike: starts('d0cf11e0') },
  [`${OFFICE}.wordprocessingml.document`]: { kinds: ['document'], max: 100 * MB, isLike: starts('504b') },
  [`${OFFICE}.spreadsheetml.sheet`]: { kinds: ['document'], max: 100 * MB, isLike: starts('504b') },
  [`${OFFICE}.presentationml.presentation`]: { kinds: ['document'], max: 100 * MB, isLike: starts('504b') },
};
const STILL_STICKER_MAX = 100 * 1024;

/** The largest file of any kind. */
export const FILE_MAX = 100 * MB;

/** Why Meta does not take this file for an upload, or null. */
export function faultOfFile(mimeType: string, bytes: Buffer): string | null {
  const type = TYPES[bare(mimeType)];
  if (!type)
    return `Param file must be a file with one of the following types: ${Object.keys(TYPES).join(', ')}. Received ${mimeType}`;
  if (bytes.length === 0) return 'The file is empty';
  const max = type.kinds[0] === 'sticker' && !isAnimated(bytes) ? STILL_STICKER_MAX : type.max;
  if (bytes.length > max) return `The file has ${bytes.length} bytes; ${bare(mimeType)} may have ${max}`;
  return type.isLike(bytes) ? null : `The file is no ${bare(mimeType)}`;
}

/** Whether a file of this type can be sent as this kind of message; images and the like may go as documents too. */
export function fits(mimeType: string, kind: MediaKind): boolean {
  return kind === 'document' || (TYPES[bare(mimeType)]?.kinds.includes(kind) ?? false);
}

/** The kind of message a customer's file comes as. */
export function kindOf(mimeType: string): MediaKind {
  return TYPES[bare(mimeType)]?.kinds[0] ?? 'document';
}

/** Ogg with Opus in it: all that a voice message may be. */
export function isOpus(bytes: Buffer): boolean {
  return ascii(bytes, 0, 4) === 'OggS' && bytes.subarray(0, 512).includes('OpusHead');
}

/** A webp with the animation flag in its extended header. */
export function isAnimated(bytes: Buffer): boolean {
  return ascii(bytes, 12, 16) === 'VP8X' && ((bytes[20] ?? 0) & 2) !== 0;
}

function bare(mimeType: string): string {
  return (mimeType.split(';')[0] ?? '').trim().toLowerCase();
}

function starts(hex: string): (bytes: Buffer) => boolean {
  return (bytes) => bytes.toString('hex', 0, hex.length / 2) === hex;
}

function isBox(bytes: Buffer): boolean {
  return ascii(bytes, 4, 8) === 'ftyp';
}

function ascii(bytes: Buffer, from: number, to: number): string {
  return bytes.toString('latin1', from, to);
}
