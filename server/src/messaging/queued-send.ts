/** A row of `send_queue` that this process has leased. */
export interface QueuedSend {
  tenantId: string;
  messageId: string;
  numberId: string;
  contactId: string;
  attempt: number;
  /** Requests so far that Meta refused for the moment, or that did not get through. */
  tries: number;
  /** The lease's end, as text: who leases the row later has another. */
  lease: string;
}

/** Leases run this long; a process that dies leaves its sends to others after it. */
export const LEASE_S = 30;

/** One of our numbers and one customer: between them, messages go one after the other. */
export function pairOf({ numberId, contactId }: Pick<QueuedSend, 'numberId' | 'contactId'>): string {
  return `${numberId} ${contactId}`;
}
