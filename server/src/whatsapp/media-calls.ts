import { type Graph, part } from './graph.ts';
import type { Outcome } from './outcome.ts';
import { idOf, isJson, numberOf, wordsOf } from './read-json.ts';

/** A file that lies at Meta. */
export interface MediaAtMeta {
  /** Valid for 5 minutes, and only with the token. */
  url: string;
  mimeType: string;
  /** Base64 or hex: Meta has written both. */
  sha256?: string;
  /** Bytes. */
  size?: number;
}

/** Where a file can be fetched. With the number, Meta refuses files that were not sent to it. */
export function findMedia(graph: Graph, mediaId: string, token: string, phoneNumberId?: string): Promise<Outcome<MediaAtMeta>> {
  return graph.ask({ method: 'GET', path: mediaPath(mediaId, phoneNumberId), token }, readMedia);
}

/** Deletes a file at Meta. */
export function deleteMedia(graph: Graph, mediaId: string, token: string, phoneNumberId?: string): Promise<Outcome<true>> {
  return graph.act({ method: 'DELETE', path: mediaPath(mediaId, phoneNumberId), token });
}

function mediaPath(mediaId: string, phoneNumberId: string | undefined): string {
  return part(mediaId) + (phoneNumberId === undefined ? '' : `?phone_number_id=${part(phoneNumberId)}`);
}

function readMedia(body: unknown): MediaAtMeta | undefined {
  if (!isJson(body)) return undefined;
  const url = wordsOf(body.url);
  const mimeType = wordsOf(body.mime_type);
  if (url === undefined || mimeType === undefined) return undefined;
  return { url, mimeType, sha256: idOf(body.sha256), size: numberOf(body.file_size) };
}
