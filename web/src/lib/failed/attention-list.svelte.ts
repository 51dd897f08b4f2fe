import { SvelteSet } from 'svelte/reactivity';
import { query, RequestFault } from '#lib/api/client.ts';
import { watchFeed } from '#lib/api/watch.ts';
import type { AttentionRowFragment, MessageStatus } from '#lib/gql/graphql.ts';
import { attention } from '#lib/shell/attention.svelte.ts';
import { listFailed, listWaiting, messageStatusChanged } from './failed-documents.ts';
import { isRetryable } from './retry-groups.ts';

export type ListName = 'failed' | 'scheduled' | 'held';

const pageSize = 50;
const readAtMostEvery = 800;
/** What brings a message into one of the lists; what takes one out is seen by its id. */
const comesIn: readonly MessageStatus[] = ['FAILED', 'UNCONFIRMED', 'SCHEDULED', 'HELD'];

/** One of the lists of messages that wait for a person, kept in step with the log. */
export class AttentionList {
  readonly name: ListName;
  rows: readonly AttentionRowFragment[] = $state.raw([]);
  state: 'loading' | 'ready' | 'failed' = $state('loading');
  hasMore = $state(false);
  readonly selected = new SvelteSet<string>();
  readonly #onSignedOut: () => void;
  #end: string | null = null;
  #cursor: string | null = null;
  #stop: (() => void) | undefined;
  #soon: ReturnType<typeof setTimeout> | undefined;

  constructor(name: ListName, onSignedOut: () => void) {
    this.name = name;
    this.#onSignedOut = onSignedOut;
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
    const isRead = await this.#read();
    if (isRead && !this.#stop) this.#follow();
  }

  async more(): Promise<void> {
    const { list } = await this.#ask(pageSize, this.#end);
    this.rows = [...this.rows, ...list.nodes];
    this.#keepPlace(list.pageInfo);
  }

  /** Those of the rows that can be chosen to be sent again. */
  get choosable(): AttentionRowFragment[] {
    return this.rows.filter(isRetryable);
  }

  async #read(): Promise<boolean> {
    try {
      // As many as are shown, so that nothing disappears under the hand.
      const first = Math.min(100, Math.max(pageSize, this.rows.length));
      const { list, eventCursor } = await this.#ask(first, null);
      this.#cursor = eventCursor;
      this.rows = list.nodes;
      this.#keepPlace(list.pageInfo);
      for (const id of this.selected) if (!list.nodes.some((row) => row.id === id)) this.selected.delete(id);
      this.state = 'ready';
      attention.refresh();
      return true;
    } catch (fault) {
      if (fault instanceof RequestFault && fault.fault === 'signed-out') this.#onSignedOut();
      if (this.state === 'loading') this.state = 'failed';
      return false;
    }
  }

  #ask(first: number, after: string | null) {
    if (this.name === 'failed') return query(listFailed, { first, after });
    return query(listWaiting, { kind: this.name === 'held' ? 'HELD' : 'SCHEDULED', first, after });
  }

  #keepPlace({ endCursor, hasNextPage }: { endCursor?: string | null; hasNextPage: boolean }): void {
    this.#end = endCursor ?? null;
    this.hasMore = hasNextPage;
  }

  #follow(): void {
    this.#stop = watchFeed({
      document: messageStatusChanged,
      after: this.#cursor ?? '',
      cursorOf: ({ messageChanged }) => messageChanged.cursor,
      onData: ({ messageChanged: { status, message } }) => {
        if ((status && comesIn.includes(status)) || this.rows.some((row) => row.id === message?.id)) this.#readSoon();
      },
      onResync: async () => ((await this.#read()) ? this.#cursor : null),
      onSignedOut: this.#onSignedOut,
    });
  }

  #readSoon(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      void this.#read();
    }, readAtMostEvery);
  }
}
