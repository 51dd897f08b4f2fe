import { SvelteMap } from 'svelte/reactivity';
import type { ThreadMessageFragment } from '#lib/gql/graphql.ts';

export type Act = 'retry' | 'cancel' | 'release' | 'fetch';

/** What is being done to messages of the open thread right now, by message or file. */
export class MessageActs {
  readonly #busy = new SvelteMap<string, Act>();

  busyWith(id: string): Act | null {
    return this.#busy.get(id) ?? null;
  }

  release(_message: ThreadMessageFragment): void {}
  cancel(_message: ThreadMessageFragment): void {}
}
