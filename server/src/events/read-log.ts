import type { EventKindName } from '../platform/event-record.ts';
import { fault } from '../platform/faults.ts';
import type { Query } from '../platform/query.ts';
import { type LogPosition, readCursor, writeCursor } from './cursor.ts';

/** Something that happened, as the log holds it. */
export interface LogEvent {
  tenantId: string;
  seq: number;
  cursor: string;
  at: Date;
  kind: EventKindName;
  subjectId: string;
  conversationId: string | null;
  status: string | null;
}

/** The state of a tenant's log. */
export interface LogHead extends LogPosition {
  /** The oldest event still kept. */
  oldest: number;
}

export interface EventRow {
  seq: string;
  at: Date;
  kind: EventKindName;
  subject_id: string;
  conversation_id: string | null;
  status: string | null;
}

/** Where the tenant's log stands now. */
export async function readHead(query: Query, tenantId: string): Promise<LogHead> {
  const [row] = await query<{ epoch: Buffer; seq: string; oldest: string }>(
    'select epoch, seq, oldest from event_counter where tenant_id = $1',
    [tenantId],
  );
  if (!row) throw new Error('A tenant without a log.');
  return { epoch: row.epoch, seq: Number(row.seq), oldest: Number(row.oldest) };
}

/** Events after a place, oldest first; optionally only some kinds. */
export async function readEvents(
  query: Query,
  tenantId: string,
  after: LogPosition,
  limit: number,
  kinds?: readonly EventKindName[] | null,
): Promise<LogEvent[]> {
  const rows = await query<EventRow>(
    `select seq, at, kind, subject_id, conversation_id, status from event
     where tenant_id = $1 and seq > $2 and ($3::text[] is null or kind = any($3::text[])) order by seq limit $4`,
    [tenantId, after.seq, kinds?.length ? [...kinds] : null, limit],
  );
  return rows.map((row) => toEvent(tenantId, after.epoch, row));
}

export function toEvent(tenantId: string, epoch: Buffer, row: EventRow): LogEvent {
  const seq = Number(row.seq);
  return {
    tenantId,
    seq,
    cursor: writeCursor({ epoch, seq }),
    at: new Date(row.at),
    kind: row.kind,
    subjectId: row.subject_id,
    conversationId: row.conversation_id,
    status: row.status,
  };
}

/** Reads a client's cursor against the log. Throws BAD_CURSOR when it is none, RESYNC_REQUIRED when the log no longer reaches back to it. */
export function placeOf(head: LogHead, cursor: string): LogPosition {
  const position = readCursor(cursor);
  if (!position.epoch.equals(head.epoch) || position.seq > head.seq || position.seq < head.oldest - 1) {
    throw fault(
      'RESYNC_REQUIRED',
      'The log no longer reaches back to this cursor. Read what you show again and go on from its `eventCursor`.',
    );
  }
  return position;
}
