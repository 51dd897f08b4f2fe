import type { Services } from '../platform/context.ts';
import type { Task } from '../platform/jobs.ts';
import { SYNC_TEMPLATES } from '../templates/sync-job.ts';
import { syncTemplatesTask } from '../templates/sync-templates.ts';
import type { CloudApi } from '../whatsapp/cloud-api.ts';

export interface TaskParts extends Services {
  cloudApi: CloudApi;
  /** Whether that is Meta's own: test numbers never go there. */
  isMeta: boolean;
}

/** The jobs that a worker does beside reading webhooks and sending, by their names. */
export function tasksOf(parts: TaskParts): Record<string, Task> {
  return { [SYNC_TEMPLATES]: syncTemplatesTask(parts) };
}
