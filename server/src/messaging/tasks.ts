import { SEND_RECEIPT } from '../conversations/ask-receipt.ts';
import type { OperationServices } from '../platform/context.ts';
import type { Task } from '../platform/jobs.ts';
import { SYNC_TEMPLATES } from '../conversations/sync-job.ts';
import { syncTemplatesTask } from '../templates/sync-templates.ts';
import { sendReceipt } from './outgoing/send-receipt.ts';
import { SEND_TYPING } from './outgoing/show-typing.ts';
import { DROP_MEDIA, deleteMedia } from './media/drop-media.ts';
import { fetchMedia } from './media/fetch-media.ts';
import { FETCH_MEDIA } from './media/receive-media.ts';
import { uploadMedia } from './media/upload-media.ts';
import { UPLOAD_MEDIA } from './outgoing/queue-attempt.ts';

/** The jobs that a worker does beside reading webhooks and sending, by their names. */
export function tasksOf(parts: OperationServices): Record<string, Task> {
  return {
    [SEND_RECEIPT]: (job) => sendReceipt(parts, job, false),
    [SEND_TYPING]: (job) => sendReceipt(parts, job, true),
    [FETCH_MEDIA]: (job) => fetchMedia(parts, job),
    [UPLOAD_MEDIA]: (job) => uploadMedia(parts, job),
    [DROP_MEDIA]: (job) => deleteMedia(parts, job),
    [SYNC_TEMPLATES]: syncTemplatesTask(parts),
  };
}
