import { diskMediaStore } from './disk-media-store.ts';
import type { MediaStore, MediaStoreAddress } from './media-store.ts';

/** Opens the store that settings name. Throws when a folder cannot be written to; a bucket is first asked when it is needed. */
export async function openMediaStore(address: MediaStoreAddress): Promise<MediaStore> {
  if ('folder' in address) return diskMediaStore(address.folder);
  // Most run without: it brings an HTTP client and a signer along.
  const { s3MediaStore } = await import('./s3-media-store.ts');
  return s3MediaStore(address);
}
