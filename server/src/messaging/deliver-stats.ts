/** What a process has sent since its start. */
export interface DeliverStats {
  /** Requests to Meta. */
  posted: number;
  accepted: number;
  unconfirmed: number;
  /** Requests that Meta answered with a fault of its own: a status tells whether it took them, or they become UNCONFIRMED. */
  inDoubt: number;
  failed: number;
  /** Requests that were refused for the moment, or did not get through, and will be made again. */
  again: number;
}

export function noSends(): DeliverStats {
  return { posted: 0, accepted: 0, unconfirmed: 0, inDoubt: 0, failed: 0, again: 0 };
}
