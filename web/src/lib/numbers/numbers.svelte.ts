import { SvelteMap } from 'svelte/reactivity';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { mutate, query, RequestFault } from '#lib/api/client.ts';
import { faultSentence, type UserFault } from '#lib/api/refusal.svelte.ts';
import { toSignIn } from '#lib/api/to-sign-in.ts';
import { watchFeed } from '#lib/api/watch.ts';
import type { NumberOnScreenFragment } from '#lib/gql/graphql.ts';
import { listNumbers, numberChanged } from './number-documents.ts';

export type Act = 'sync' | 'resume' | 'register' | 'pause' | 'disconnect' | 'token' | 'profile';

type AnswerOf = { answer: { whatsappNumber?: NumberOnScreenFragment | null; userErrors: readonly UserFault[] } };
const pause = 400;

/** The company's numbers, kept in step with what Meta and colleagues do to them. */
export class Numbers {
  rows: readonly NumberOnScreenFragment[] = $state.raw([]);
  state: 'loading' | 'ready' | 'failed' = $state('loading');
  readonly busy = new SvelteMap<string, Act>();
  readonly #isLive: boolean;
  #cursor = '';
  #stop: (() => void) | undefined;
  #soon: ReturnType<typeof setTimeout> | undefined;

  /** `isLive`: whether the role may follow the log. */
  constructor(isLive: boolean) {
    this.#isLive = isLive;
  }

  /** Reads and follows until the returned function is called. */
  open(): () => void {
    void this.load();
    return () => {
      this.#stop?.();
      clearTimeout(this.#soon);
    };
  }

  async load(): Promise<void> {
    if ((await this.#read()) && this.#isLive && !this.#stop) this.#follow();
  }

  /** Does something with a number and shows it as it is then. Gives why it was refused; nothing when it was done. */
  async act<Input>(
    id: string | null,
    act: Act,
    document: TypedDocumentNode<AnswerOf, { input: Input }>,
    input: Input,
  ): Promise<UserFault[]> {
    if (id !== null) this.busy.set(id, act);
    try {
      const { answer } = await mutate(document, { input });
      if (answer.whatsappNumber) this.show(answer.whatsappNumber);
      return [...answer.userErrors];
    } catch (fault) {
      return [{ code: 'unreachable', message: faultSentence(fault) }];
    } finally {
      if (id !== null) this.busy.delete(id);
    }
  }

  show(number: NumberOnScreenFragment): void {
    const isKnown = this.rows.some(({ id }) => id === number.id);
    this.rows = isKnown ? this.rows.map((row) => (row.id === number.id ? number : row)) : [...this.rows, number];
  }

  async #read(): Promise<boolean> {
    try {
      const { whatsappNumbers, eventCursor } = await query(listNumbers, {});
      this.rows = whatsappNumbers;
      this.#cursor = eventCursor;
      this.state = 'ready';
      return true;
    } catch (fault) {
      if (fault instanceof RequestFault && fault.fault === 'signed-out') toSignIn();
      if (this.state === 'loading') this.state = 'failed';
      return false;
    }
  }

  #follow(): void {
    this.#stop = watchFeed({
      document: numberChanged,
      after: this.#cursor,
      cursorOf: ({ eventRecorded }) => eventRecorded.cursor,
      onData: () => {
        this.#soon ??= setTimeout(() => {
          this.#soon = undefined;
          void this.#read();
        }, pause);
      },
      onResync: async () => ((await this.#read()) ? this.#cursor : null),
      onSignedOut: toSignIn,
    });
  }
}
