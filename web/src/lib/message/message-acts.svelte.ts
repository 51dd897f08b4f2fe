import { SvelteMap } from 'svelte/reactivity';
import { mutate, query, RequestFault } from '#lib/api/client.ts';
import type { ThreadMessageFragment, UserErrorCode } from '#lib/gql/graphql.ts';
import { retryMessage } from '#lib/inbox/thread-documents.ts';
import { cancelMessage, readMessage, releaseMessage, retryMedia, sendReaction } from './message-documents.ts';
import { withOurReaction } from './our-reaction.ts';

export type Act = 'retry' | 'cancel' | 'release' | 'fetch';
export type RefusalCode = UserErrorCode | 'other' | 'unreachable';

export interface ActsHost {
  conversationId: string;
  /** Shows a message as it is now. */
  apply(message: ThreadMessageFragment): void;
  refuse(code: RefusalCode): void;
}

interface Answer {
  message?: ThreadMessageFragment | null;
  userErrors: readonly { code: UserErrorCode }[];
}

/** What can be done with the messages of an open thread, and what is being done right now. */
export class MessageActs {
  readonly #host: ActsHost;
  readonly #busy = new SvelteMap<string, Act>();
  /** The key of an attempt whose answer got lost: a repeated click carries it again. */
  readonly #retryKeys = new Map<string, string>();

  constructor(host: ActsHost) {
    this.#host = host;
  }

  busyWith(id: string): Act | null {
    return this.#busy.get(id) ?? null;
  }

  /** Sends a failed message again, as a new attempt. */
  async retry({ id }: ThreadMessageFragment): Promise<void> {
    const idempotencyKey = this.#retryKeys.get(id) ?? crypto.randomUUID();
    this.#retryKeys.set(id, idempotencyKey);
    const isAnswered = await this.#do(id, 'retry', async () => {
      return (await mutate(retryMessage, { input: { messageId: id, idempotencyKey } })).retryMessage;
    });
    if (isAnswered) this.#retryKeys.delete(id);
  }

  /** Stops a message that has not left yet. */
  async cancel({ id }: ThreadMessageFragment): Promise<void> {
    await this.#do(id, 'cancel', async () => (await mutate(cancelMessage, { input: { messageId: id } })).cancelMessage);
  }

  /** Lets a held message go. */
  async release({ id }: ThreadMessageFragment): Promise<void> {
    await this.#do(id, 'release', async () => (await mutate(releaseMessage, { input: { messageId: id } })).releaseMessage);
  }

  /** Has a file fetched from WhatsApp again; the live line tells how that went. */
  async fetchAgain(message: ThreadMessageFragment): Promise<void> {
    const { media } = message;
    if (!media) return;
    await this.#do(message.id, 'fetch', async () => {
      const answer = (await mutate(retryMedia, { input: { mediaId: media.id } })).retryMedia;
      return { message: answer.media && { ...message, media: answer.media }, userErrors: answer.userErrors };
    });
  }

  /** Reads a message anew: the addresses of files end after a while. */
  async refresh(id: string): Promise<void> {
    const { message } = await query(readMessage, { id }).catch(() => ({ message: null }));
    if (message) this.#host.apply(message);
  }

  /** Puts our emoji on a message, or takes it back with an empty one. It is shown at once, and undone when it is refused. */
  async react(message: ThreadMessageFragment, emoji: string): Promise<void> {
    this.#host.apply({ ...message, reactions: withOurReaction(message.reactions ?? [], emoji) });
    const input = {
      conversationId: this.#host.conversationId,
      idempotencyKey: crypto.randomUUID(),
      reaction: { messageId: message.id, emoji: emoji === '' ? null : emoji },
    };
    try {
      const [refused] = (await mutate(sendReaction, { input })).sendMessage.userErrors;
      if (!refused) return;
      this.#host.refuse(refused.code);
    } catch (fault) {
      this.#host.refuse(fault instanceof RequestFault && fault.fault === 'refused' ? 'other' : 'unreachable');
    }
    this.#host.apply(message);
  }

  /** Does one thing at a time with a message; says whether the server answered. */
  async #do(id: string, act: Act, ask: () => Promise<Answer>): Promise<boolean> {
    if (this.#busy.has(id)) return false;
    this.#busy.set(id, act);
    try {
      const { message, userErrors } = await ask();
      if (message) this.#host.apply(message);
      else this.#host.refuse(userErrors[0]?.code ?? 'other');
      return true;
    } catch {
      this.#host.refuse('unreachable');
      return false;
    } finally {
      this.#busy.delete(id);
    }
  }
}
