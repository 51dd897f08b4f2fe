import { appendEvents } from '../../src/events/append.ts';
import { tenantBell } from '../../src/platform/bus.ts';
import type { Services } from '../../src/platform/context.ts';
import type { Database } from '../../src/platform/database.ts';
import type { EventKindName } from '../../src/platform/event-record.ts';
import { newId } from '../../src/platform/ids.ts';
import { tenantQuery } from '../../src/platform/tenant-query.ts';

export interface EventsToWrite {
  tenantId: string;
  count: number;
  /** Events of one transaction; all in one unless said otherwise. */
  each?: number;
  kind?: EventKindName;
  subjectId?: string;
  conversationId?: string;
  /** None by itself, as of everything but a new message and one that advances. Any text: a long one makes a long event. */
  status?: string;
  /** False leaves the bell unrung, as if it had been lost. */
  ring?: boolean;
}

/** Commits events that point to nothing and rings. Gives their subjects in the order they were written. */
export async function writeEvents(
  services: Pick<Services, 'bus'> & { database: Pick<Database, 'app'> },
  wanted: EventsToWrite,
): Promise<string[]> {
  const { tenantId, count, each = count, kind = 'MESSAGE_UPDATED', conversationId = newId(), status, ring = true } = wanted;
  const subjects: string[] = [];
  while (subjects.length < count) {
    const ids = Array.from({ length: Math.min(each, count - subjects.length) }, () => wanted.subjectId ?? newId());
    const events = ids.map((subjectId) => ({ tenantId, kind, subjectId, conversationId, status }));
    await tenantQuery(services.database.app, tenantId, (query) => appendEvents(query, events));
    if (ring) services.bus.ring(tenantBell(tenantId));
    subjects.push(...ids);
  }
  return subjects;
}
