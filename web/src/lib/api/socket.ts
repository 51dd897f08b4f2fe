import { stringifyDocument } from '@urql/core';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { createClient, type Client } from 'graphql-ws';

/** How a subscription ended: `cut` may be taken up again, with the codes of `refused` the server said why not. */
export type Ending = { kind: 'cut' } | { kind: 'refused'; code: string } | { kind: 'signed-out' };

export interface Feed<Data> {
  onConnected(): void;
  onData(data: Data): void;
  onEnd(ending: Ending): void;
}

const pingEvery = 12_000;
const pongWithin = 5_000;

let operations = 0;

/**
 * One subscription on a socket of its own. It never tries again by itself: after a cut the caller continues with the cursor
 * it has reached, where a library's retry would repeat the first one. Returns the way to stop; nothing is reported after it.
 */
export function openFeed<Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  feed: Feed<Data>,
): () => void {
  let ended = false;
  let pongTimer: ReturnType<typeof setTimeout> | undefined;
  const end = (ending: Ending) => {
    if (ended) return;
    ended = true;
    clearTimeout(pongTimer);
    release(socket);
    feed.onEnd(ending);
  };
  const socket: Client = createClient({
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
    lazy: true,
    retryAttempts: 0,
    keepAlive: pingEvery,
    generateID: () => String(++operations),
    on: {
      connected: () => !ended && feed.onConnected(),
      // Whatever the code: the library would take up 1000 again by itself, from the first cursor.
      closed: (event) => end(closing(event)),
      // A machine that slept has a socket that looks open: only a pong proves it.
      ping: (received) => {
        if (!received) pongTimer = setTimeout(() => socket.terminate(), pongWithin);
      },
      pong: (received) => {
        if (received) clearTimeout(pongTimer);
      },
    },
  });
  socket.subscribe<Data>(
    { query: stringifyDocument(document), variables },
    {
      next: ({ data, errors }) => {
        if (ended) return;
        if (errors) return end(refusal(errors));
        if (data) feed.onData(data);
      },
      error: (error) => end(Array.isArray(error) ? refusal(error) : closing(error)),
      complete: () => end({ kind: 'cut' }),
    },
  );
  return () => {
    ended = true;
    clearTimeout(pongTimer);
    release(socket);
  };
}

/** A socket that never came to be has nothing to close: the library throws what it failed by, which its subscription has told. */
function release(socket: Client): void {
  void Promise.resolve(socket.dispose()).catch(() => undefined);
}

function refusal(errors: readonly unknown[]): Ending {
  const code = (errors[0] as { extensions?: { code?: unknown } } | undefined)?.extensions?.code;
  if (code === 'UNAUTHENTICATED') return { kind: 'signed-out' };
  return { kind: 'refused', code: typeof code === 'string' ? code : 'UNKNOWN' };
}

function closing(error: unknown): Ending {
  const code = (error as { code?: unknown } | undefined)?.code;
  return code === 4401 || code === 4403 ? { kind: 'signed-out' } : { kind: 'cut' };
}
