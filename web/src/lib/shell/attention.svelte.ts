import { query } from '#lib/api/client.ts';
import { readAttention } from './attention-documents.ts';

const every = 60_000;

/** How many messages wait for a person: failed, perhaps sent, or held. Up to 200. */
class Attention {
  count = $state(0);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #soon: ReturnType<typeof setTimeout> | undefined;

  /** Reads now and once a minute while the page is visible, until the returned function is called. */
  watch(): () => void {
    this.count = 0;
    const round = async () => {
      if (document.visibilityState === 'visible') await this.#read();
    };
    void round();
    this.#timer = setInterval(() => void round(), every);
    return () => {
      clearInterval(this.#timer);
      clearTimeout(this.#soon);
      this.#soon = undefined;
    };
  }

  /** Something was sent again, released or cancelled. */
  refresh(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      void this.#read();
    }, 400);
  }

  async #read(): Promise<void> {
    // A badge that is a minute old is better than an error nobody asked for.
    const found = await query(readAttention, {}).catch(() => null);
    if (found) this.count = found.failedMessages.nodes.length + found.waitingMessages.nodes.length;
  }
}

export const attention = new Attention();
