import type { OperationServices } from '../../platform/context.ts';
import { enqueueJobs, type Job } from '../../platform/jobs.ts';
import type { Query } from '../../platform/query.ts';
import type { Window } from '../../platform/window.ts';
import { bringFile, type FetchEnd } from './bring-file.ts';
import { changeAsWorker } from './change-as-worker.ts';
import { storeName } from '../../platform/file-key.ts';
import { type FileToFetch, loadFileToFetch } from './file-to-fetch.ts';
import type { MediaFault } from './media-fault.ts';
import { FETCH_MEDIA } from './receive-media.ts';
import { tellMedia } from './tell-media.ts';

/** While a number's token is refused, its files are asked for this often. */
const LATER_MS = 15 * 60_000;

/** A file is to be asked for again. */
class NotFetched extends Error {
  constructor(fault: MediaFault) {
    super(`A file could not be fetched: ${fault}.`);
    this.name = `NotFetched ${fault}`;
  }
}

/**
 * The job behind `FETCH_MEDIA`. However often it is done or dies in the middle, the file is there once: its key and its name in the store were
 * decided when the message came. Throws while the file should be tried again.
 */
export async function fetchMedia(parts: OperationServices, job: Job): Promise<void> {
  const file = await loadFileToFetch(parts, job);
  if (!file) return forget(parts, job.id);
  if (file.status !== 'FETCHING') return;
  const end = await bringFile(parts, file);
  if (end.kind === 'again' && !job.isLast) {
    await note(parts, file, end.fault, job.attempt);
    throw new NotFetched(end.fault);
  }
  if (end.kind === 'later') return postpone(parts, file, end.fault, job.attempt);
  if (!(await settle(parts, file, end, job.attempt))) await forget(parts, file.storeKey);
}

/** The row was deleted meanwhile, and the job that did it may have looked before the file was there. */
async function forget({ media }: OperationServices, storeKey: string): Promise<void> {
  await media.delete(storeName(storeKey, 'thumbnail'));
  await media.delete(storeName(storeKey, 'file'));
}

const SETTLE = `
  update media set status = $3, fault = $4, tries = $5, mime_type = coalesce($6, mime_type), size = $7, width = $8, height = $9, duration_ms = $10,
    is_animated = is_animated or $11, thumbnail_size = $12, stored_at = case when $3 = 'STORED' then cube_now() end,
    meta_sha256 = case when $3 = 'STORED' then null else meta_sha256 end
  where tenant_id = $1 and id = $2 and status = 'FETCHING' returning id`;

type Settled = Exclude<FetchEnd, { kind: 'later' }>;

/** Records the end and tells it. False when the row is gone. */
async function settle(parts: OperationServices, file: FileToFetch, end: Settled, attempt: number): Promise<boolean> {
  const { tenantId, id } = file;
  const status = end.kind === 'stored' ? 'STORED' : end.kind === 'gone' ? 'GONE' : 'FAILED';
  const stored = end.kind === 'stored' ? end.file : null;
  return changeAsWorker(parts, tenantId, async ({ query, events }) => {
    const [settled] = await query(SETTLE, [
      tenantId,
      id,
      status,
      end.kind === 'stored' ? null : end.fault,
      attempt,
      stored?.mimeType ?? null,
      stored?.size ?? null,
      stored?.width ?? null,
      stored?.height ?? null,
      stored?.durationMs ?? null,
      stored?.isAnimated ?? false,
      stored?.thumbnailSize ?? null,
    ]);
    if (settled) await tellMedia({ query, events }, tenantId, id, status);
    return settled !== undefined || (await isThere(query, tenantId, id));
  });
}

async function isThere(query: Query, tenantId: string, id: string): Promise<boolean> {
  return (await query('select 1 from media where tenant_id = $1 and id = $2', [tenantId, id])).length > 0;
}

/** Says why it is not here yet; told once, not at each attempt. */
async function note(parts: OperationServices, { tenantId, id }: FileToFetch, fault: MediaFault, attempt: number): Promise<void> {
  await changeAsWorker(parts, tenantId, (window) => noteIn(window, tenantId, id, fault, attempt));
}

async function noteIn(
  window: Pick<Window, 'query' | 'events'>,
  tenantId: string,
  id: string,
  fault: MediaFault,
  attempt: number,
) {
  const [before] = await window.query<{ fault: string | null }>(
    `update media m set fault = $3, tries = $4 from media old
     where m.tenant_id = $1 and m.id = $2 and m.status = 'FETCHING' and old.tenant_id = m.tenant_id and old.id = m.id returning old.fault`,
    [tenantId, id, fault, attempt],
  );
  if (before && before.fault !== fault) await tellMedia(window, tenantId, id, 'FETCHING');
}

/** Begins anew later, with all its attempts: nobody but a person can help. */
async function postpone(parts: OperationServices, { tenantId, id }: FileToFetch, fault: MediaFault, attempt: number) {
  const runAt = new Date(parts.clock.now().getTime() + LATER_MS);
  await changeAsWorker(parts, tenantId, async (window) => {
    await noteIn(window, tenantId, id, fault, attempt);
    await enqueueJobs(window.query, FETCH_MEDIA, [{ tenantId, id }], { runAt });
  });
}
