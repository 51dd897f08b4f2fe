/** A row of `send_queue` that this process has leased. */
export interface QueuedSend {
  tenantId: string;
  messageId: string;
  numberId: string;
  contactId: string;
  attempt: number;
  /** Requests so far that Meta refused for the moment. */
  tries: number;
  /** Requests so far that never got to WhatsApp; counted no further than the delay depends on it. */
  unreached: number;
  /** The lease's end, as text: who leases the row later has another. */
  lease: string;
}

/** Leases run this long; a process that dies leaves its sends to others after it. */
export const LEASE_S = 30;
