import { SEND_RECEIPT } from '../conversations/ask-receipt.ts';
import type { OperationServices } from '../platform/context.ts';
import type { Task } from '../platform/jobs.ts';
import { SYNC_TEMPLATES } from '../templates/sync-job.ts';
import { syncTemplatesTask } from '../templates/sync-templates.ts';
import { sendReceipt } from './outgoing/send-receipt.ts';
import { SEND_TYPING } from './outgoing/show-typing.ts';

/** The jobs that a worker does beside reading webhooks and sending, by their names. */
export function tasksOf(parts: OperationServices): Record<string, Task> {
  return {
    [SYNC_TEMPLATES]: syncTemplatesTask(parts),
    [SEND_RECEIPT]: (job) => sendReceipt(parts, job, false),
    [SEND_TYPING]: (job) => sendReceipt(parts, job, true),
  };
}
