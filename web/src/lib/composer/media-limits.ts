import type { MediaKind } from '#lib/gql/graphql.ts';

const mebi = 1_024 * 1_024;
const office = 'application/vnd.openxmlformats-officedocument';

/** What WhatsApp takes, as the server checks it again: the types of each kind, and how many bytes a file may have. */
const limits: Record<MediaKind, { max: number; types: readonly string[] }> = {
  IMAGE: { max: 5 * mebi, types: ['image/jpeg', 'image/png'] },
  VIDEO: { max: 16 * mebi, types: ['video/mp4', 'video/3gpp'] },
  AUDIO: { max: 16 * mebi, types: ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg'] },
  DOCUMENT: {
    max: 100 * mebi,
    types: [
      'application/pdf',
      'text/plain',
      'application/msword',
      'application/vnd.ms-excel',
      'application/vnd.ms-powerpoint',
      `${office}.wordprocessingml.document`,
      `${office}.spreadsheetml.sheet`,
      `${office}.presentationml.presentation`,
    ],
  },
  STICKER: { max: 500 * 1_024, types: ['image/webp'] },
};

/** By their endings: browsers leave the type of some files empty, and call some by other names. */
const byEnding: Record<string, string> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  mp4: 'video/mp4',
  '3gp': 'video/3gpp',
  aac: 'audio/aac',
  amr: 'audio/amr',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  ogg: 'audio/ogg',
  opus: 'audio/ogg',
  pdf: 'application/pdf',
  txt: 'text/plain',
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
  docx: `${office}.wordprocessingml.document`,
  xlsx: `${office}.spreadsheetml.sheet`,
  pptx: `${office}.presentationml.presentation`,
};
const sameAs: Record<string, string> = { 'audio/x-m4a': 'audio/mp4', 'audio/mp3': 'audio/mpeg', 'image/jpg': 'image/jpeg' };

const order: readonly MediaKind[] = ['IMAGE', 'VIDEO', 'AUDIO', 'DOCUMENT', 'STICKER'];

export interface FileFacts {
  name: string;
  /** The MIME type as the browser knows it; may be empty. */
  type: string;
  /** Bytes. */
  size: number;
}

export type Judgement =
  | { kind: MediaKind; type: string; fault: null }
  | { kind: MediaKind | null; type: string; fault: 'type' | 'size' | 'empty'; max: number };

/** What a file would be sent as, and why WhatsApp would not take it. */
export function judge(file: FileFacts): Judgement {
  const type = typeOf(file);
  const kind = order.find((one) => limits[one].types.includes(type)) ?? null;
  if (kind === null) return { kind, type, fault: 'type', max: 0 };
  const { max } = limits[kind];
  if (file.size === 0) return { kind, type, fault: 'empty', max };
  if (file.size > max) return { kind, type, fault: 'size', max };
  return { kind, type, fault: null };
}

/** For the field that chooses files: every type of these kinds. */
export function acceptOf(kinds: readonly MediaKind[]): string {
  return kinds.flatMap((kind) => limits[kind].types).join(',');
}

/** Whether words may stand below a file of this kind. */
export function takesCaption(kind: MediaKind): boolean {
  return kind === 'IMAGE' || kind === 'VIDEO' || kind === 'DOCUMENT';
}

/** What WhatsApp takes as a caption, in code points. */
export const captionMax = 1_024;

function typeOf({ name, type }: FileFacts): string {
  const bare = (type.split(';')[0] ?? '').trim().toLowerCase();
  const named = sameAs[bare] ?? bare;
  if (named !== '' && named !== 'application/octet-stream') return named;
  return byEnding[/\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? ''] ?? named;
}
