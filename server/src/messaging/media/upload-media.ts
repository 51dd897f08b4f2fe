import { tenantBell, WORK_BELL } from '../../platform/bus.ts';
import type { OperationServices } from '../../platform/context.ts';
import { enqueueJobs, type Job } from '../../platform/jobs.ts';
import { FileMissing } from '../../platform/media-store.ts';
import { openFile } from '../../platform/sealed-file.ts';
import { SealBroken } from '../../platform/sealed.ts';
import { TookTooLong } from '../../whatsapp/call.ts';
import { failureOf } from '../../whatsapp/errors.ts';
import type { Failed, Refused } from '../../whatsapp/outcome.ts';
import { MOST_TRIES, NEVER_REACHED } from '../judge-outcome.ts';
import { FILE_GONE, UPLOAD_TOO_SLOW } from '../message-failure.ts';
import { UPLOAD_MEDIA } from '../outgoing/queue-attempt.ts';
import { type Outcome, recordOutcomes } from '../record-outcomes.ts';
import { changeAsWorker } from './change-as-worker.ts';
import { partPlace, storeName } from '../../platform/file-key.ts';
import { type FileToUpload, loadWaitingForFile, type WaitingForFile } from './file-to-upload.ts';

/** Meta's codes for a file that it does not take, and for too many requests. */
const BAD_FILE = 131053;
const TOO_MANY = 130429;
const LOCK_TIMEOUT_MS = 5_000;

class NotUploaded extends Error {
  constructor(cause: string) {
    super(`A file could not be given to WhatsApp: ${cause}.`);
    this.name = 'NotUploaded';
  }
}

/**
 * The job behind `UPLOAD_MEDIA`, one for each message that waits for its files: gives Meta one of them, and lets the message go with the last, or has
 * itself done again for the next. A message whose number does not send goes on as it is: it waits for the number, and comes back here after that. Throws
 * while it should be tried again.
 */
export async function uploadMedia(parts: OperationServices, job: Job): Promise<void> {
  const waiting = await loadWaitingForFile(parts, job);
  if (!waiting) return;
  const { file, isConnected, isTest } = waiting;
  if (!file) return record(parts, waiting, { kind: 'failed', code: FILE_GONE });
  if (file.isKnown || !isConnected || (isTest && parts.isMeta)) return letGo(parts, waiting);
  const outcome = await giveToMeta(parts, waiting, file);
  if (outcome.kind === 'done') return goOn(parts, waiting, { mediaId: file.mediaId, metaId: outcome.value.mediaId });
  await judge(parts, waiting, outcome, job);
}

/** The file goes from the store to Meta as it is opened, never whole in memory. */
function giveToMeta(
  { cloudApi, media }: OperationServices,
  { tenantId, phoneNumberId, token }: WaitingForFile,
  { key, storeKey, size, mimeType, fileName }: FileToUpload,
) {
  const read = (range: { start: number; end: number }) => media.read(storeName(storeKey, 'file'), range);
  const bytes = () => openFile(key, partPlace(tenantId, storeKey, 'file'), size, read);
  return cloudApi.uploadMedia(phoneNumberId, token, { bytes, size, mimeType, fileName: fileName ?? 'file' });
}

async function judge(parts: OperationServices, waiting: WaitingForFile, failed: Failed, job: Job): Promise<void> {
  if (failed.kind !== 'refused') {
    // A file that is not in our own store comes back by no further try.
    if (isOurFault(failed.cause)) return record(parts, waiting, { kind: 'failed', code: FILE_GONE });
    const isSlow = failed.cause instanceof TookTooLong && (await countSlow(parts, waiting)) >= MOST_TRIES;
    if (isSlow) return record(parts, waiting, { kind: 'failed', code: UPLOAD_TOO_SLOW });
    // An outage of WhatsApp's is no fault of the message: `wake-uploads.ts` brings back what used up its tries.
    throw new NotUploaded('it did not answer');
  }
  const { error, httpStatus } = failed;
  const { act, title } = failureOf({ code: error.code, httpStatus, transient: error.transient });
  if (act === 'pause-number') {
    await record(parts, waiting, { kind: 'paused', reason: title });
    return letGo(parts, waiting);
  }
  const isPassing = act === 'retry' || act === 'slow-number';
  if (job.isLast || (!isPassing && job.attempt >= MOST_TRIES))
    return record(parts, waiting, { kind: 'failed', code: codeOf(failed) });
  throw new NotUploaded(`it refused with ${error.code ?? `HTTP ${httpStatus}`}`);
}

/** Meta's own, or what the HTTP status of something between us says. */
function codeOf({ error, httpStatus }: Refused): number {
  if (error.code !== null) return error.code;
  if (httpStatus === 429) return TOO_MANY;
  return httpStatus === 413 ? BAD_FILE : NEVER_REACHED;
}

// The row has sent nothing yet: its tries are those of the file until it is let go.
const COUNT_SLOW = `
  update send_queue set tries = tries + 1 where tenant_id = $1 and message_id = $2 and attempt = $3 and waiting = 'MEDIA' returning tries`;

/** How often the file has taken too long by now. */
async function countSlow({ database }: OperationServices, { tenantId, messageId, attempt }: WaitingForFile): Promise<number> {
  const { rows } = await database.worker.query<{ tries: number }>(COUNT_SLOW, [tenantId, messageId, attempt]);
  return rows[0]?.tries ?? 0;
}

function isOurFault(cause: unknown): boolean {
  if (cause instanceof FileMissing || cause instanceof SealBroken) return true;
  return cause instanceof Error && cause.cause !== undefined && isOurFault(cause.cause);
}

const LET_GO = `update send_queue set waiting = null, tries = 0 where tenant_id = $1 and message_id = $2 and attempt = $3 and waiting = 'MEDIA'`;
const NEXT_FILE = `update send_queue set tries = 0 where tenant_id = $1 and message_id = $2 and attempt = $3 and waiting = 'MEDIA'`;
// A day less than Meta keeps it.
const KNOWN = `
  insert into media_upload (tenant_id, media_id, number_id, meta_id, expires_at) values ($1, $2, $3, $4, cube_now() + interval '29 days')
  on conflict (tenant_id, media_id, number_id) do update set meta_id = excluded.meta_id, expires_at = excluded.expires_at`;

/** Meta has one file more: the next one is brought, each with tries of its own, or the message goes. */
async function goOn(
  parts: OperationServices,
  { tenantId, messageId, attempt, numberId, missing }: WaitingForFile,
  known: { mediaId: string; metaId: string },
): Promise<void> {
  await changeAsWorker(parts, tenantId, async ({ query }) => {
    await query(KNOWN, [tenantId, known.mediaId, numberId, known.metaId]);
    await query(missing > 1 ? NEXT_FILE : LET_GO, [tenantId, messageId, attempt]);
    if (missing > 1) await enqueueJobs(query, UPLOAD_MEDIA, [{ tenantId, id: messageId }]);
  });
  parts.bus.ring(WORK_BELL);
}

async function letGo(parts: OperationServices, { tenantId, messageId, attempt }: WaitingForFile): Promise<void> {
  await changeAsWorker(parts, tenantId, async ({ query }) => void (await query(LET_GO, [tenantId, messageId, attempt])));
  parts.bus.ring(WORK_BELL);
}

async function record(parts: OperationServices, waiting: WaitingForFile, end: Outcome['end']): Promise<void> {
  const { tenantId, messageId, numberId, contactId, attempt } = waiting;
  // It was never leased: nobody else has it in hand.
  const send = { tenantId, messageId, numberId, contactId, attempt, tries: 0, unreached: 0, lease: '-infinity' };
  const events = await recordOutcomes(parts, [{ send, at: parts.clock.now().getTime(), end }], LOCK_TIMEOUT_MS);
  if (events.length) parts.bus.ring(tenantBell(tenantId));
}
