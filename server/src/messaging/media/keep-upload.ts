import { createSecretKey, randomBytes } from 'node:crypto';
import type { Services } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { place, seal } from '../../platform/sealed.ts';
import type { Bytes } from '../../platform/sealed-file.ts';
import { tenantQuery } from '../../platform/tenant-query.ts';
import { RuleBroken } from '../../platform/user-errors.ts';
import { bareType, MEDIA_LIMITS, mediaMax } from '../../whatsapp/media-limits.ts';
import { contentType, kindOf } from './content-type.ts';
import { abandonUpload, beginUpload, endUpload } from './upload-rows.ts';
import type { MediaKind } from './media.ts';
import { type StoredFile, storeFile } from './store-file.ts';

/** A file as it comes in. */
export interface Upload {
  fileName: string;
  /** What its sender says it is. */
  saidToBe: string;
  /** What it shall be sent as; by its content where nobody says. */
  kind?: MediaKind;
  isVoice: boolean;
  bytes: Bytes;
}

/** An upload that is here. */
export interface KeptUpload extends StoredFile {
  id: string;
  kind: MediaKind;
  fileName: string;
  isVoice: boolean;
}

/** What tells a file's type. */
const HEAD = 64 * 1024;
const NAME_MAX = 240;

/**
 * Keeps a file of the tenant's until it is sent; after a day without that it is deleted. What it is and how large it may be are known from its
 * first bytes: nothing of a file that WhatsApp would refuse is stored. Throws MEDIA_TYPE_NOT_ALLOWED, MEDIA_TOO_LARGE, BAD_INPUT for an empty
 * one, RATE_LIMITED when too many wait to be sent.
 */
export async function keepUpload(services: Services, tenantId: string, upload: Upload): Promise<KeptUpload> {
  const { database, keys, media } = services;
  const [head, bytes] = await withHead(upload.bytes);
  const type = await contentType(head, upload.saidToBe);
  const kind = upload.kind ?? kindOf(type);
  const most = mostOf({ kind, type, isVoice: upload.isVoice, isAnimated: head.includes('ANIM') });
  const [id, secret, fileName] = [newId(), randomBytes(32), nameOf(upload.fileName)];
  await tenantQuery(database.app, tenantId, async (query) => {
    await keys.loadTenants(query, [tenantId]);
    const key = keys.tenant(tenantId);
    await beginUpload(query, {
      id,
      kind,
      mimeType: type,
      isVoice: upload.isVoice,
      fileKey: seal(key, place(tenantId, 'media', 'file_key', id), secret),
      fileName: seal(key, place(tenantId, 'media', 'file_name', id), fileName),
    });
  });
  try {
    const stored = await storeFile(media, {
      tenantId,
      storeKey: id,
      key: createSecretKey(secret),
      bytes: atMost(bytes, most),
      typeOf: async () => type,
      mayBePicture: kind === 'IMAGE' || kind === 'STICKER',
    });
    await tenantQuery(database.app, tenantId, (query) => endUpload(query, id, stored));
    return { ...stored, id, kind, fileName, isVoice: upload.isVoice };
  } catch (error) {
    await dropUpload(services, tenantId, id);
    throw error;
  }
}

/** Takes back an upload of which something was wrong. What is not cleared away here is, after a day, by housekeeping. */
export async function dropUpload({ database }: Services, tenantId: string, id: string): Promise<void> {
  await tenantQuery(database.app, tenantId, (query) => abandonUpload(query, id)).catch(() => undefined);
}

/** The bytes it may have. Throws when WhatsApp takes no such file. */
function mostOf(file: { kind: MediaKind; type: string; isVoice: boolean; isAnimated: boolean }): number {
  const { kind, type, isVoice, isAnimated } = file;
  const isOpus = type === 'audio/ogg; codecs=opus';
  if (isVoice && !isOpus) throw new RuleBroken('MEDIA_TYPE_NOT_ALLOWED', 'A voice message must be OGG with Opus.', ['isVoice']);
  const most = bareType(type) === 'audio/ogg' && !isOpus ? null : mediaMax({ kind, mimeType: type, isAnimated });
  if (most !== null) return most;
  const types = Object.keys(MEDIA_LIMITS[kind]).join(', ');
  throw new RuleBroken('MEDIA_TYPE_NOT_ALLOWED', `WhatsApp takes no such file as ${kind.toLowerCase()}: use ${types}.`, ['file']);
}

/** Its first bytes, and all of it. */
async function withHead(bytes: Bytes): Promise<[head: Buffer, all: Bytes]> {
  const pieces = bytes[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  for (let size = 0; size < HEAD;) {
    const { value, done } = await pieces.next();
    if (done) break;
    first.push(value);
    size += value.byteLength;
  }
  if (!first.length) throw new RuleBroken('BAD_INPUT', 'The file is empty.', ['file']);
  async function* all(): AsyncGenerator<Uint8Array> {
    yield* first;
    yield* { [Symbol.asyncIterator]: () => pieces };
  }
  return [Buffer.concat(first).subarray(0, HEAD), all()];
}

async function* atMost(bytes: Bytes, most: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const piece of bytes) {
    size += piece.byteLength;
    if (size > most) {
      const limit = most >= 1 << 20 ? `${most >> 20} MB` : `${most >> 10} KB`;
      throw new RuleBroken('MEDIA_TOO_LARGE', `WhatsApp takes up to ${limit} here.`, ['file']);
    }
    yield piece;
  }
}

/** A label and nothing more: no folders, no signs that nobody sees. */
function nameOf(name: string | undefined): string {
  const last = (name ?? '').split(/[/\\]/).at(-1) ?? '';
  // oxlint-disable-next-line no-control-regex
  return last.replaceAll(/[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '').slice(-NAME_MAX) || 'file';
}
