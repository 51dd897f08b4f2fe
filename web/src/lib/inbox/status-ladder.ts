import type { MessageStatus } from '#lib/gql/graphql.ts';

/** One reading of a message's state: what the ladder compares. */
export interface StatusReading {
  status: MessageStatus;
  /** Which attempt to send it this is: a retry begins the ladder anew. */
  attempt: number;
}

const rank: Record<MessageStatus, number> = {
  RECEIVED: 0,
  SCHEDULED: 0,
  HELD: 1,
  QUEUED: 2,
  UNCONFIRMED: 3,
  CANCELLED: 4,
  ACCEPTED: 4,
  SENT: 5,
  EXPIRED: 6,
  // A failure is shown while nothing from DELIVERED on is known.
  FAILED: 7,
  DELIVERED: 8,
  READ: 9,
  PLAYED: 10,
};

/** Whether `next` is at least as new a reading as `held`, so that ticks never go back whatever order readings arrive in. */
export function isAtLeastAsNew(next: StatusReading, held: StatusReading): boolean {
  if (next.attempt !== held.attempt) return next.attempt > held.attempt;
  return rank[next.status] >= rank[held.status];
}

export type TickShape =
  'queued' | 'scheduled' | 'held' | 'sent' | 'delivered' | 'read' | 'failed' | 'unsure' | 'cancelled' | 'expired';

const shapes: Record<MessageStatus, TickShape | null> = {
  RECEIVED: null,
  SCHEDULED: 'scheduled',
  HELD: 'held',
  QUEUED: 'queued',
  // WhatsApp took the request; nothing has left for the customer yet.
  ACCEPTED: 'queued',
  UNCONFIRMED: 'unsure',
  SENT: 'sent',
  DELIVERED: 'delivered',
  READ: 'read',
  PLAYED: 'read',
  FAILED: 'failed',
  EXPIRED: 'expired',
  CANCELLED: 'cancelled',
};

/** The tick to draw for a status; none for what was received. */
export function tickOf(status: MessageStatus): TickShape | null {
  return shapes[status];
}
