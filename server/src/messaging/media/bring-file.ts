import type { OperationServices } from '../../platform/context.ts';
import type { Bytes } from '../../platform/sealed-file.ts';
import { failureOf } from '../../whatsapp/errors.ts';
import { MediaTooLarge, type OpenMedia } from '../../whatsapp/open-media.ts';
import type { Failed, Outcome } from '../../whatsapp/outcome.ts';
import { contentType, receivedType } from './content-type.ts';
import type { FileLook } from './file-look.ts';
import type { FileToFetch } from './file-to-fetch.ts';
import { MediaFault } from './media-fault.ts';
import { type StoredFile, storeFile } from './store-file.ts';

/** How an attempt to fetch a file came out. */
export type FetchEnd =
  | { kind: 'stored'; file: StoredFile }
  /** Trying again would not help. */
  | { kind: 'failed'; fault: MediaFault }
  | { kind: 'gone'; fault: MediaFault }
  | { kind: 'again'; fault: MediaFault }
  /** It waits for a person: nobody's attempts are used up by that. */
  | { kind: 'later'; fault: MediaFault };

/** What WhatsApp lets people send. */
const MOST_BYTES = 100 * 1024 * 1024;
/** A link lives 5 minutes; whoever gets no further than this by then begins anew. */
const LONGEST_MS = 8 * 60_000;

type Parts = Pick<OperationServices, 'cloudApi' | 'media' | 'isMeta'>;

class Damaged extends Error {}
/** Reading from WhatsApp broke off. */
class BrokenOff extends Error {}

/** Fetches a file from Meta into the store. The link is asked for each time: it lives 5 minutes. Never throws. */
export async function bringFile({ cloudApi, media, isMeta }: Parts, file: FileToFetch): Promise<FetchEnd> {
  if (!file.key) return { kind: 'gone', fault: MediaFault.ERASED };
  if (file.isTest && isMeta) return { kind: 'failed', fault: MediaFault.REFUSED };
  const found = await cloudApi.findMedia(file.metaId, file.token, file.phoneNumberId);
  if (found.kind !== 'done') return judge(found, file);
  const opened: Outcome<OpenMedia> = await cloudApi.openMedia(found.value.url, file.token, { maxBytes: MOST_BYTES });
  if (opened.kind !== 'done') return judgeLink(opened);
  // Nobody listens yet: it may break off while the store gets ready, and is told of when it is read.
  opened.value.stream.on('error', () => undefined);
  const hashes = [file.sha256, found.value.sha256].flatMap((text) => (text ? [hashOf(text)] : []));
  try {
    const stored = await storeFile(media, {
      tenantId: file.tenantId,
      storeKey: file.storeKey,
      key: file.key,
      bytes: reading(opened.value),
      check: (look) => refuseDamaged(look, hashes, found.value.size),
      typeOf: async (head) => receivedType(file.kind, await contentType(head, file.mimeType), file.mimeType),
      mayBePicture: file.kind !== 'VIDEO' && file.kind !== 'AUDIO',
    });
    return { kind: 'stored', file: stored };
  } catch (error) {
    if (error instanceof MediaTooLarge) return { kind: 'failed', fault: MediaFault.TOO_LARGE };
    if (error instanceof Damaged) return { kind: 'again', fault: MediaFault.DAMAGED };
    return { kind: 'again', fault: error instanceof BrokenOff ? MediaFault.UNREACHABLE : MediaFault.STORE_UNREACHABLE };
  }
}

function judge(failed: Failed, { isExpired }: { isExpired: boolean }): FetchEnd {
  if (failed.kind !== 'refused') return { kind: 'again', fault: MediaFault.UNREACHABLE };
  const { error, httpStatus } = failed;
  if (httpStatus === 413) return { kind: 'failed', fault: MediaFault.TOO_LARGE };
  const { act, code } = failureOf({ code: error.code, httpStatus, transient: error.transient });
  const isToken = act === 'pause-number' || (error.code === null && (httpStatus === 401 || httpStatus === 403));
  if (isToken)
    return isExpired ? { kind: 'gone', fault: MediaFault.NOT_FOUND } : { kind: 'later', fault: MediaFault.TOKEN_REFUSED };
  if (act === 'retry' || act === 'slow-number' || httpStatus >= 500) return { kind: 'again', fault: MediaFault.UNREACHABLE };
  // 100 is how the graph says that there is no such thing, or not for us.
  if (httpStatus !== 404 && error.code !== 100 && code !== 'MEDIA') return { kind: 'again', fault: MediaFault.REFUSED };
  return isExpired ? { kind: 'gone', fault: MediaFault.NOT_FOUND } : { kind: 'again', fault: MediaFault.NOT_FOUND };
}

/** Here a 404 says that the link has expired, not that the file has. */
function judgeLink(failed: Failed): FetchEnd {
  const isLinkOver = failed.kind === 'refused' && failed.httpStatus === 404;
  return isLinkOver ? { kind: 'again', fault: MediaFault.UNREACHABLE } : judge(failed, { isExpired: false });
}

async function* reading({ stream }: OpenMedia): Bytes & AsyncGenerator<Buffer> {
  const timer = setTimeout(() => stream.destroy(new BrokenOff('A file took too long.')), LONGEST_MS);
  try {
    for await (const piece of stream) yield piece as Buffer;
  } catch (error) {
    throw error instanceof MediaTooLarge ? error : new BrokenOff('A file broke off.', { cause: error });
  } finally {
    clearTimeout(timer);
    stream.destroy();
  }
}

/** Meta has written hashes in base64 and in hexadecimal digits. Null for what is neither. */
function hashOf(text: string): Buffer | null {
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex');
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === 32 ? bytes : null;
}

function refuseDamaged(look: FileLook, hashes: readonly (Buffer | null)[], size: number | undefined): void {
  const known = hashes.filter((hash) => hash !== null);
  const isWhole = known.length ? known.some((hash) => hash.equals(look.sha256)) : size === undefined || size === look.size;
  if (!isWhole) throw new Damaged('A file is not what its hash says.');
}
