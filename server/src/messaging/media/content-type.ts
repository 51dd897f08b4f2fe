import { fileTypeFromBuffer } from 'file-type';
import { bareType, MEDIA_LIMITS } from '../../whatsapp/media-limits.ts';
import type { MediaKind } from './media.ts';

/** A type that says nothing: such a file is kept and handed out, never shown. */
export const UNKNOWN_TYPE = 'application/octet-stream';

/** Names that mean the same; the right one is Meta's. */
const SAME: Record<string, string> = {
  'audio/x-m4a': 'audio/mp4',
  'audio/m4a': 'audio/mp4',
  'video/x-m4v': 'video/mp4',
  'application/ogg': 'audio/ogg',
  'audio/mp3': 'audio/mpeg',
  'image/jpg': 'image/jpeg',
};

/** Containers whose content a look at the beginning does not always tell; what they are said to hold may be believed. */
const INSIDE: Record<string, RegExp> = {
  'application/x-cfb': /^application\/(msword|vnd\.ms-(excel|powerpoint))$/,
  'application/zip': /^application\/vnd\.openxmlformats-officedocument\.[a-z]+\.(document|sheet|presentation)$/,
};

/**
 * What a file is, by its first bytes (some 4 KB or more are needed), with `codecs=opus` where that is so; `UNKNOWN_TYPE` when they do not tell.
 * What it is said to be decides only between things that look alike.
 */
export async function contentType(head: Buffer, saidToBe: string): Promise<string> {
  const said = normal(bareType(saidToBe));
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  if (!found) return looksLikeText(head) ? 'text/plain' : UNKNOWN_TYPE;
  const bare = normal(bareType(found.mime));
  if (INSIDE[bare]?.test(said)) return said;
  // The same container, with a picture or without.
  if (bare === 'video/mp4' && said === 'audio/mp4') return said;
  return bare === 'audio/ogg' && found.mime.includes('opus') ? 'audio/ogg; codecs=opus' : bare;
}

/** What a received file counts as: its content must be what the message says, else it is an attachment that nobody shows. */
export function receivedType(kind: `${MediaKind}`, found: string, saidToBe: string): string {
  const bare = bareType(found);
  if (kind === 'DOCUMENT') {
    const said = normal(bareType(saidToBe));
    return bare === said || (bare === 'text/plain' && said.startsWith('text/')) ? found : UNKNOWN_TYPE;
  }
  const family = kind === 'STICKER' ? 'image' : kind.toLowerCase();
  return bare.startsWith(`${family}/`) && !bare.includes('svg') ? found : UNKNOWN_TYPE;
}

/** What WhatsApp would take a file as; of a type it does not take, a document. */
export function kindOf(type: string): MediaKind {
  const kinds = ['IMAGE', 'STICKER', 'VIDEO', 'AUDIO'] as MediaKind[];
  return kinds.find((kind) => Object.hasOwn(MEDIA_LIMITS[kind], bareType(type))) ?? ('DOCUMENT' as MediaKind);
}

function normal(type: string): string {
  return SAME[type] ?? type;
}

/** UTF-8 without control signs. A character may be cut in two at the end. */
function looksLikeText(head: Buffer): boolean {
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(head.toString('latin1'))) return false;
  const text = head.toString('utf8').replace(/\ufffd{1,3}$/, '');
  return text.length > 0 && !text.includes('\ufffd');
}
