import { type ContentFault, Faults } from './content-fault.ts';
import { FILE_NAME_MAX } from './limits.ts';

export type MediaKind = 'IMAGE' | 'VIDEO' | 'AUDIO' | 'DOCUMENT' | 'STICKER';

/** A file that is to be sent. */
export interface MediaToCheck {
  /** What it is sent as; a header takes pictures, videos and documents. */
  kind: MediaKind;
  /** With or without parameters, such as `audio/ogg; codecs=opus`. */
  mimeType: string;
  /** Bytes. */
  size: number;
  fileName?: string;
  /** A sticker that moves may be larger; undefined where nobody has looked. */
  isAnimated?: boolean;
}

/** A file beside a message: its kind may be left out where the message says it. */
export type AttachedMedia = Omit<MediaToCheck, 'kind'> & { kind?: MediaKind };

const MEBI = 1024 * 1024;
const OFFICE = 'application/vnd.openxmlformats-officedocument';

/** What WhatsApp takes: for each kind the types, and the bytes a file of that type may have. */
export const MEDIA_LIMITS: Readonly<Record<MediaKind, Readonly<Record<string, number>>>> = {
  IMAGE: { 'image/jpeg': 5 * MEBI, 'image/png': 5 * MEBI },
  VIDEO: { 'video/mp4': 16 * MEBI, 'video/3gpp': 16 * MEBI },
  AUDIO: {
    'audio/aac': 16 * MEBI,
    'audio/amr': 16 * MEBI,
    'audio/mpeg': 16 * MEBI,
    'audio/mp4': 16 * MEBI,
    'audio/ogg': 16 * MEBI,
  },
  DOCUMENT: {
    'application/pdf': 100 * MEBI,
    'text/plain': 100 * MEBI,
    'application/msword': 100 * MEBI,
    'application/vnd.ms-excel': 100 * MEBI,
    'application/vnd.ms-powerpoint': 100 * MEBI,
    [`${OFFICE}.wordprocessingml.document`]: 100 * MEBI,
    [`${OFFICE}.spreadsheetml.sheet`]: 100 * MEBI,
    [`${OFFICE}.presentationml.presentation`]: 100 * MEBI,
  },
  STICKER: { 'image/webp': 500 * 1024 },
};

/** Of a sticker that does not move. */
export const STILL_STICKER_MAX = 100 * 1024;

/** The type alone, in lower case. */
export function bareType(mimeType: string): string {
  return (mimeType.split(';')[0] ?? '').trim().toLowerCase();
}

/** Bytes a file may have, or null for a type that is not sent as this kind. */
export function mediaMax({ kind, mimeType, isAnimated }: Pick<MediaToCheck, 'kind' | 'mimeType' | 'isAnimated'>): number | null {
  const type = bareType(mimeType);
  const types = MEDIA_LIMITS[kind];
  if (!Object.hasOwn(types, type)) return null;
  // Of what ogg may hold, WhatsApp plays opus only.
  const codecs = /codecs\s*=\s*"?([^";]*)/i.exec(mimeType)?.[1];
  if (type === 'audio/ogg' && codecs !== undefined && codecs.trim().toLowerCase() !== 'opus') return null;
  if (kind === 'STICKER' && isAnimated === false) return STILL_STICKER_MAX;
  return types[type] ?? null;
}

/** Whether it can go as a voice message: WhatsApp plays nothing but OGG with Opus as one. */
export function canBeVoice({ kind, mimeType }: Pick<MediaToCheck, 'kind' | 'mimeType'>): boolean {
  return kind === 'AUDIO' && bareType(mimeType) === 'audio/ogg' && mediaMax({ kind, mimeType }) !== null;
}

/** What a file is sent as where a header takes it. */
export function headerKind({ kind, mimeType }: Pick<AttachedMedia, 'kind' | 'mimeType'>): MediaKind {
  if (kind) return kind;
  if (mimeType.startsWith('image/')) return 'IMAGE';
  return mimeType.startsWith('video/') ? 'VIDEO' : 'DOCUMENT';
}

/** Why WhatsApp would not take this file. */
export function mediaFaults(media: MediaToCheck, path = 'media'): ContentFault[] {
  const faults = new Faults();
  const max = mediaMax(media);
  const what = media.kind.toLowerCase();
  if (max === null) {
    const types = Object.keys(MEDIA_LIMITS[media.kind]).join(', ');
    faults.add(path, `WhatsApp does not take this type of file as ${what}: use ${types}.`, 'MEDIA_TYPE_NOT_ALLOWED');
  } else if (media.size > max) {
    faults.add(path, `WhatsApp takes up to ${sizeText(max)} here.`, 'MEDIA_TOO_LARGE');
  } else if (media.size <= 0) faults.add(path, 'The file is empty.');
  faults.atMost(`${path}.fileName`, media.fileName, FILE_NAME_MAX, 'The name of the file');
  return faults.found;
}

function sizeText(bytes: number): string {
  return bytes >= MEBI ? `${bytes / MEBI} MB` : `${bytes / 1024} KB`;
}
