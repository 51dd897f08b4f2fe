import { createHmac, randomUUID } from 'node:crypto';
import { Agent } from 'node:http';
import { type AccountUpdate, type Update, envelopeOf } from './envelope.ts';
import type { Settings } from './options.ts';
import type { Pauses } from './pauses.ts';
import { fetchOnce } from './post.ts';
import type { Random } from './random.ts';

const QUEUE_MAX = 100_000;
const GIVE_UP_MS = 7 * 24 * 3_600_000;

interface Waiting {
  update: Update | AccountUpdate;
  taken: (wasTaken: boolean) => void;
}

export interface WebhooksOptions {
  settings: Settings;
  pauses: Pauses;
  random: Random;
  appSecret: string;
  verifyToken?: string;
}

/**
 * Posts updates to the business, one webhook at a time and in the order they come, or as many at once as the settings say: what queues up meanwhile
 * goes into the next. Anything but a 200 brings the same bytes again, after growing pauses, for 7 days.
 */
export class Webhooks {
  /** Updates that found the queue full. */
  dropped = 0;
  /** Webhooks answered 200, and attempts (handshakes too) answered otherwise. */
  taken = 0;
  refused = 0;
  /** Updates not taken yet, those under way included. */
  waiting = 0;
  readonly #queue: Waiting[] = [];
  #url: URL | undefined;
  #isVerified = false;
  /** Webhooks on their way. */
  #running = 0;
  #shaking: Promise<boolean> | undefined;
  // As many at once as a test may want of one webhook.
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 256 });
  readonly #settings: Settings;
  readonly #pauses: Pauses;
  readonly #random: Random;
  readonly #appSecret: string;
  readonly #verifyToken: string | undefined;

  constructor({ settings, pauses, random, appSecret, verifyToken }: WebhooksOptions) {
    this.#settings = settings;
    this.#pauses = pauses;
    this.#random = random;
    this.#appSecret = appSecret;
    this.#verifyToken = verifyToken;
  }

  get url(): string | undefined {
    return this.#url?.href;
  }

  setUrl(url: string): void {
    this.#url = new URL(url);
    this.#isVerified = false;
    this.#run();
  }

  /** Takes the address if it passes the handshake at once. */
  async verify(url: string): Promise<boolean> {
    this.#url = new URL(url);
    return (this.#isVerified = await this.#shakeHands());
  }

  /** True once the business has taken the update, false when it never will. */
  post(update: Update | AccountUpdate): Promise<boolean> {
    if (this.waiting >= QUEUE_MAX) {
      this.dropped++;
      return Promise.resolve(false);
    }
    this.waiting++;
    return new Promise((taken) => {
      this.#queue.push({ update, taken });
      this.#run();
    });
  }

  /** Closes the connections; what waits is not posted again once the pauses have ended. */
  close(): void {
    this.#agent.destroy();
  }

  #run(): void {
    if (!this.#url) return;
    const most = Math.max(1, this.#settings.webhooksAtOnce);
    while (this.#running < most && this.#queue.length > 0) {
      this.#running++;
      void this.#work();
    }
  }

  async #work(): Promise<void> {
    while (this.#queue.length > 0) {
      if (this.#settings.permute) this.#shuffle();
      const batch = this.#queue.splice(0, this.#settings.batchMax);
      const body = JSON.stringify(envelopeOf(batch.map(({ update }) => update)));
      const wasTaken = await this.#deliver(body);
      this.waiting -= batch.length;
      for (const { taken } of batch) taken(wasTaken);
    }
    this.#running--;
  }

  #shuffle(): void {
    for (const [index, waiting] of this.#random.shuffled(this.#queue).entries()) this.#queue[index] = waiting;
  }

  async #deliver(body: string): Promise<boolean> {
    const since = Date.now();
    for (let attempt = 0; !this.#pauses.hasEnded && Date.now() - since < GIVE_UP_MS; attempt++) {
      if ((await this.#isReady()) && (await this.#postOnce(body))) return true;
      await this.#pauses.pause(this.#settings.retryMs * 2 ** Math.min(attempt, 6));
    }
    return false;
  }

  /** One handshake for all that wait for it. */
  async #isReady(): Promise<boolean> {
    if (this.#isVerified) return true;
    this.#shaking ??= this.#shakeHands().finally(() => (this.#shaking = undefined));
    return (this.#isVerified = await this.#shaking);
  }

  async #postOnce(body: string): Promise<boolean> {
    const url = this.#url;
    if (!url) return false;
    const headers = this.#headers(body);
    const copies = Array.from({ length: Math.max(1, this.#settings.duplicates) }, () =>
      fetchOnce(this.#agent, { url, method: 'POST', headers, body }),
    );
    const wasTaken = (await Promise.all(copies)).every(({ httpStatus }) => httpStatus === 200);
    if (wasTaken) this.taken++;
    else this.refused++;
    return wasTaken;
  }

  /** One body as it is, once: the HTTP status it was answered with, 0 for none. */
  async postRaw(body: string, signature?: string): Promise<number> {
    const url = this.#url;
    if (!url) return 0;
    return (await fetchOnce(this.#agent, { url, method: 'POST', headers: this.#headers(body, signature), body })).httpStatus;
  }

  #headers(body: string, signature = `sha256=${createHmac('sha256', this.#appSecret).update(body).digest('hex')}`) {
    return {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'x-hub-signature-256': signature,
      'user-agent': 'facebookexternalua',
    };
  }

  /** Meta's check of a new address: it must know the verify token and give the challenge back. */
  async #shakeHands(): Promise<boolean> {
    if (!this.#url || this.#verifyToken === undefined) return this.#url !== undefined;
    const url = new URL(this.#url);
    const challenge = randomUUID().replaceAll('-', '');
    url.searchParams.set('hub.mode', 'subscribe');
    url.searchParams.set('hub.verify_token', this.#verifyToken);
    url.searchParams.set('hub.challenge', challenge);
    const { httpStatus, body } = await fetchOnce(this.#agent, { url, method: 'GET' });
    const isRight = httpStatus === 200 && body === challenge;
    if (!isRight) this.refused++;
    return isRight;
  }
}
