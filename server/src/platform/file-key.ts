import { createSecretKey, type KeyObject } from 'node:crypto';
import type { Keys } from './keys.ts';
import { place, SealBroken, type Sealed } from './sealed.ts';

/** What the store holds of a file: itself, and a small picture of it. */
export type FilePart = 'file' | 'thumbnail';

/** The name of a part in the media store. */
export function storeName(storeKey: string, part: FilePart): string {
  return part === 'file' ? storeKey : `${storeKey}.${part}`;
}

/** What a part is bound to: it opens nowhere else. */
export function partPlace(tenantId: string, storeKey: string, part: FilePart): Buffer {
  return place(tenantId, 'media', part, storeKey);
}

/** The key of a file's parts. The key that seals it must be at hand. Throws `SealBroken`, also when its contact's key was destroyed. */
export function openFileKey(keys: Keys, tenantId: string, mediaId: string, sealed: Sealed | Buffer): KeyObject {
  return createSecretKey(keys.openBytes(tenantId, place(tenantId, 'media', 'file_key', mediaId), sealed));
}

/** Null when the key that opens it was destroyed, or it was changed or moved. */
export function unlessKeyGone<T>(open: () => T): T | null {
  try {
    return open();
  } catch (error) {
    if (error instanceof SealBroken) return null;
    throw error;
  }
}
