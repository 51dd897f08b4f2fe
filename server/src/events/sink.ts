/** How one kind of connection puts a payload on the wire. What costs most is done once for all who get the same payload. */
export interface Wire {
  /** The part that all subscriptions share. */
  body(json: string): Buffer;
  /** All bytes for subscriptions of this id. */
  frame(subscriptionId: string, body: Buffer): Buffer;
}

/** One client's connection: a WebSocket or a stream of server-sent events. Writing never waits. */
export interface Sink {
  readonly wire: Wire;
  /** Sends a frame of its wire, or cuts the client when it reads too slowly. */
  write(frame: Buffer): void;
  /** Resolves when the client has taken most of what was written: a replay waits for it page by page. */
  drained(): Promise<void>;
  /** Ends the connection with a close code; one second later it is broken off. */
  cut(code: number, reason: string): void;
}

/** Close codes of the protocol and our own. */
export const CLOSE = { TRY_AGAIN: 1013, FORBIDDEN: 4403, TOO_SLOW: 4429 } as const;
