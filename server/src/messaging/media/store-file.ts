import type { KeyObject } from 'node:crypto';
import type { MediaStore } from '../../platform/media-store.ts';
import { type Bytes, sealFile } from '../../platform/sealed-file.ts';
import { FileLook } from './file-look.ts';
import { partPlace, storeName } from '../../platform/file-key.ts';
import { playOf } from './play-time.ts';
import { isPicture, pictureOf } from './thumbnail.ts';

/** A file on its way into the store. */
export interface FileToStore {
  tenantId: string;
  storeKey: string;
  key: KeyObject;
  bytes: Bytes;
  /** Told the file's hash and size when all of it has gone by; a throw keeps it out of the store. */
  check?: (look: FileLook) => void;
  /** What it is, from its first 64 KB. */
  typeOf: (head: Buffer) => Promise<string>;
  /** Whether it may be a picture: then it is kept in memory until its thumbnail is made. */
  mayBePicture: boolean;
}

/** What is known of a file once it is stored. */
export interface StoredFile {
  size: number;
  mimeType: string;
  width: number | null;
  height: number | null;
  durationMs: number | null;
  isAnimated: boolean;
  /** Bytes; null without one. */
  thumbnailSize: number | null;
}

/** Seals a file into the store as it comes, and a thumbnail beside it. Done twice with the same key it leaves the same. */
export async function storeFile(store: MediaStore, file: FileToStore): Promise<StoredFile> {
  const { tenantId, storeKey, key, check } = file;
  const look = new FileLook(file.mayBePicture);
  const put = (part: 'file' | 'thumbnail', bytes: Bytes) =>
    store.put(storeName(storeKey, part), sealFile(key, partPlace(tenantId, storeKey, part), bytes));
  await put(
    'file',
    look.watch(file.bytes, () => check?.(look)),
  );
  const mimeType = await file.typeOf(look.head);
  const picture = look.whole && isPicture(mimeType) ? await pictureOf(look.whole) : null;
  if (picture) await put('thumbnail', once(picture.thumbnail));
  const { width, height, durationMs } = playOf(mimeType, look.head, look.tail);
  return {
    size: look.size,
    mimeType,
    width: picture?.width ?? width,
    height: picture?.height ?? height,
    durationMs,
    isAnimated: picture?.isAnimated ?? false,
    thumbnailSize: picture?.thumbnail.length ?? null,
  };
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}
