import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { jitteredWait } from './jitter.ts';
import { openFeed, type Ending } from './socket.ts';

export interface Watched<Data> {
  document: TypedDocumentNode<Data, { after?: string | null }>;
  /** Where the log stood when the page was read: nothing falls between the two. */
  after: string;
  cursorOf(data: Data): string;
  onData(data: Data): void;
  /** The log no longer reaches back to our cursor: reads everything anew and gives the cursor of that reading, or null if it could not. */
  onResync(): Promise<string | null>;
  onSignedOut(): void;
}

/** Keeps a page in step with the log, from cut to cut, until the returned function is called. */
export function watchFeed<Data>(watched: Watched<Data>): () => void {
  let cursor = watched.after;
  let attempts = 0;
  let isStopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopFeed: (() => void) | undefined;

  const connect = () => {
    stopFeed = openFeed(
      watched.document,
      { after: cursor },
      {
        onConnected: () => undefined,
        onData: (data) => {
          attempts = 0;
          cursor = watched.cursorOf(data);
          watched.onData(data);
        },
        onEnd: (ending) => void goOn(ending),
      },
    );
  };

  const goOn = async (ending: Ending) => {
    if (ending.kind === 'signed-out') return watched.onSignedOut();
    const isStale = ending.kind === 'refused' && (ending.code === 'RESYNC_REQUIRED' || ending.code === 'BAD_CURSOR');
    if (isStale) cursor = (await watched.onResync()) ?? cursor;
    if (isStopped) return;
    attempts += 1;
    timer = setTimeout(connect, jitteredWait(attempts));
  };

  connect();
  return () => {
    isStopped = true;
    clearTimeout(timer);
    stopFeed?.();
  };
}
