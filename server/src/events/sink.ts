/** One client's connection: a WebSocket or a stream of server-sent events. Writing never waits. */
export interface Sink {
  /** Builds what goes over the wire for one subscription; subscriptions with the same id and kind of sink share it. */
  frame(subscriptionId: string, json: string): Buffer;
  /** `websocket` or `sse`: frames are shared within a kind. */
  readonly kind: string;
  /** Sends a frame, or cuts the client when it reads too slowly. */
  write(frame: Buffer): void;
  /** Resolves when the client has taken most of what was written: a replay waits for it page by page. */
  drained(): Promise<void>;
  /** Ends the connection with a close code; one second later it is broken off. */
  cut(code: number, reason: string): void;
}

/** Close codes of the protocol and our own. */
export const CLOSE = { FORBIDDEN: 4403, TOO_SLOW: 4429 } as const;
