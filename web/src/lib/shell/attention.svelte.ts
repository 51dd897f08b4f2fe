import { query } from '#lib/api/client.ts';
import { readAttention } from './attention-documents.ts';

const every = 30_000;
const soon = 400;
/** With these a message begins to wait for a person, or ceases to. */
const telling = ['FAILED', 'UNCONFIRMED', 'HELD', 'CANCELLED', 'QUEUED'];

/** What waits for a person, up to 100 of each: it is read twice a minute, and at once where this browser learns of a change. */
class Attention {
  /** Messages that failed, were perhaps sent, or are held. */
  count = $state(0);
  /** Webhooks that could not be read; none for those who may not see them. */
  webhooks = $state(0);
  #withWebhooks = false;
  #isDue = false;

  /** Reads now and then while the page is visible, until the returned function is called. */
  watch(withWebhooks: boolean): () => void {
    this.#withWebhooks = withWebhooks;
    this.refresh();
    const timer = setInterval(() => document.visibilityState === 'visible' && this.refresh(), every);
    return () => clearInterval(timer);
  }

  /** The live line told where a message stands now. */
  hear(status: string): void {
    // Every message begins as QUEUED: that says something only while one waits.
    if (telling.includes(status) && (status !== 'QUEUED' || this.count > 0)) this.refresh();
  }

  /** Something was sent again, released, cancelled or read again. */
  refresh(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    setTimeout(() => {
      this.#isDue = false;
      void this.#read();
    }, soon);
  }

  async #read(): Promise<void> {
    // A badge that is half a minute old is better than an error nobody asked for.
    const found = await query(readAttention, { withWebhooks: this.#withWebhooks }).catch(() => null);
    if (!found) return;
    this.count = found.failedMessages.nodes.length + found.waitingMessages.nodes.length;
    this.webhooks = found.quarantinedWebhooks?.nodes.length ?? 0;
  }
}

export const attention = new Attention();
