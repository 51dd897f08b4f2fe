/** How one kind of connection puts a payload on the wire. What costs most is done once for all who get the same payload. */
export interface Wire {
  /** The part that all subscriptions share. */
  body(json: string): Buffer;
  /** All bytes of some payloads for subscriptions of this id. */
  frames(subscriptionId: string, bodies: readonly Buffer[]): Buffer;
}

/** One client's connection: a WebSocket or a stream of server-sent events. Writing never waits. */
export interface Sink {
  readonly wire: Wire;
  /** Sends what its wire made of so many events, or cuts the client when it reads too slowly. */
  write(frames: Buffer, count: number): void;
  /** Resolves when the client has taken most of what was written: a replay waits for it page by page. */
  drained(): Promise<void>;
  /** Ends the connection with a close code; one second later it is broken off. */
  cut(code: number, reason: string): void;
}

/** Close codes of the protocol and our own. */
export const CLOSE = { TRY_AGAIN: 1013, FORBIDDEN: 4403, TOO_SLOW: 4429 } as const;
