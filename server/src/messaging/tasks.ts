import type { Services } from '../platform/context.ts';
import type { Task } from '../platform/jobs.ts';
import type { CloudApi } from '../whatsapp/cloud-api.ts';

export interface TaskParts extends Services {
  cloudApi: CloudApi;
}

/** The jobs that a worker does beside reading webhooks and sending, by their names. */
export function tasksOf(_parts: TaskParts): Record<string, Task> {
  return {};
}
