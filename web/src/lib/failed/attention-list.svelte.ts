import { SvelteSet } from 'svelte/reactivity';
import { query } from '#lib/api/client.ts';
import { Paged } from '#lib/api/paged.svelte.ts';
import { watchFeed } from '#lib/api/watch.ts';
import type { AttentionRowFragment, MessageStatus } from '#lib/gql/graphql.ts';
import { attention } from '#lib/shell/attention.svelte.ts';
import { listFailed, listWaiting, messageStatusChanged } from './failed-documents.ts';
import { isRetryable } from './retry-groups.ts';

export type ListName = 'failed' | 'scheduled' | 'held';

const readAtMostEvery = 800;
/** What brings a message into one of the lists; what takes one out is seen by its id. */
const comesIn: readonly MessageStatus[] = ['FAILED', 'UNCONFIRMED', 'SCHEDULED', 'HELD'];

/** One of the lists of messages that wait for a person, kept in step with the log. */
export class AttentionList {
  readonly list: Paged<AttentionRowFragment>;
  readonly selected = new SvelteSet<string>();
  /** Those of the rows that can be chosen to be sent again. */
  readonly choosable = $derived.by(() => this.list.rows.filter(isRetryable));
  readonly #onSignedOut: () => void;
  #cursor = '';
  #stop: (() => void) | undefined;
  #soon: ReturnType<typeof setTimeout> | undefined;

  constructor(name: ListName, onSignedOut: () => void) {
    this.#onSignedOut = onSignedOut;
    this.list = new Paged(async (first, after) => {
      const { list, eventCursor } = await ask(name, first, after);
      if (after === null) this.#cursor = eventCursor;
      return list;
    }, onSignedOut);
  }

  /** Reads the list and follows it until the returned function is called. */
  open(): () => void {
    void this.load();
    return () => {
      this.#stop?.();
      clearTimeout(this.#soon);
    };
  }

  async load(): Promise<void> {
    await this.list.load();
    if (this.list.state !== 'ready') return;
    for (const id of this.selected) if (!this.list.rows.some((row) => row.id === id)) this.selected.delete(id);
    attention.refresh();
    this.#stop ??= this.#follow();
  }

  #follow(): () => void {
    return watchFeed({
      document: messageStatusChanged,
      after: this.#cursor,
      cursorOf: ({ messageChanged }) => messageChanged.cursor,
      onData: ({ messageChanged: { status, message } }) => {
        if ((status && comesIn.includes(status)) || this.list.rows.some((row) => row.id === message?.id)) this.#readSoon();
      },
      onResync: async () => {
        await this.load();
        return this.#cursor;
      },
      onSignedOut: this.#onSignedOut,
    });
  }

  #readSoon(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      void this.load();
    }, readAtMostEvery);
  }
}

function ask(name: ListName, first: number, after: string | null) {
  if (name === 'failed') return query(listFailed, { first, after });
  return query(listWaiting, { kind: name === 'held' ? 'HELD' : 'SCHEDULED', first, after });
}
