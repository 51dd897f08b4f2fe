import { mutate } from '#lib/api/client.ts';
import { showTyping } from './composer-documents.ts';

const every = 20_000;

/** Shows the customer that somebody writes, while somebody does; WhatsApp forgets it after 25 seconds or with the next message. */
export class SaysTyping {
  readonly #conversationId: string;
  #saidAt = 0;

  constructor(conversationId: string) {
    this.#conversationId = conversationId;
  }

  say(): void {
    if (Date.now() - this.#saidAt < every) return;
    this.#saidAt = Date.now();
    // A courtesy: when it fails, nobody needs to know.
    void mutate(showTyping, { input: { conversationId: this.#conversationId } }).catch(() => null);
  }

  /** What was written has left. */
  rest(): void {
    this.#saidAt = 0;
  }
}
