import type { LocationPart } from './content.ts';
import type { MediaToSend } from './message-to-send.ts';

/** A file as a header names it. */
export function headerMedia({ id, mimeType = '', fileName }: MediaToSend): object {
  if (mimeType.startsWith('image/')) return { type: 'image', image: { id } };
  if (mimeType.startsWith('video/')) return { type: 'video', video: { id } };
  return { type: 'document', document: { id, filename: fileName } };
}

/** Meta gives coordinates as numbers and takes them as strings. */
export function writeLocation({ latitude, longitude, name, address }: LocationPart): object {
  return { latitude: String(latitude), longitude: String(longitude), name, address };
}
