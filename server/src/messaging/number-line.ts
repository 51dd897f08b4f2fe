import type { LoadedSend } from './load-sends.ts';
import type { QueuedSend } from './queued-send.ts';

export type ReadySend = Extract<LoadedSend, { kind: 'ready' }>;

export interface LinePace {
  /** Takes the right to send now and gives 0, or gives the ms to wait. */
  take(send: QueuedSend): number;
  /** The ms that this customer has to wait, whatever the number may. */
  pairWaitMs(send: QueuedSend): number;
}

export interface LineParts {
  pace: LinePace;
  /** Sends one message; settles when its answer is known. Never rejects. */
  post: (ready: ReadySend) => Promise<void>;
  /** Takes back a customer's sends, in order, who has to wait for longer than it pays to keep them here. */
  postpone: (sends: readonly QueuedSend[], delayMs: number) => void;
}

/** Longer waits of a customer are spent in the queue. */
const PATIENCE_MS = 1_000;

/**
 * What one number has to send, in order: as fast as its pace allows, and to each customer one after the other, so that two messages written
 * in a row arrive in a row.
 */
export class NumberLine {
  readonly #parts: LineParts;
  #waiting: ReadySend[] = [];
  /** Customers whose message is on its way, or who have to wait a moment. */
  readonly #busy = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #underWay = 0;

  constructor(parts: LineParts) {
    this.#parts = parts;
  }

  /** Sends here: waiting ones and those under way. */
  get size(): number {
    return this.#waiting.length + this.#underWay;
  }

  add(ready: ReadySend): void {
    this.#waiting.push(ready);
    this.pump();
  }

  /** Takes out all that is not under way. */
  drain(): QueuedSend[] {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return this.#waiting.splice(0).map(({ send }) => send);
  }

  /** Takes out what is for this customer and not under way. */
  takeOut(contactId: string): QueuedSend[] {
    const theirs = this.#waiting.filter(({ send }) => send.contactId === contactId);
    this.#waiting = this.#waiting.filter(({ send }) => send.contactId !== contactId);
    return theirs.map(({ send }) => send);
  }

  /** Sends what may be sent now. */
  pump(): void {
    if (this.#timer) return;
    for (let index = 0; index < this.#waiting.length;) {
      const ready = this.#waiting[index] as ReadySend;
      const { send } = ready;
      if (this.#busy.has(send.contactId)) index++;
      else if (this.#mayGo(send)) {
        const waitMs = this.#parts.pace.take(send);
        if (waitMs > 0) return this.#rest(waitMs);
        this.#waiting.splice(index, 1);
        void this.#go(ready);
      }
    }
  }

  /** Whether the customer may get a message now; if not, they wait here for a moment, or all that is for them goes back into the queue. */
  #mayGo(send: QueuedSend): boolean {
    const waitMs = this.#parts.pace.pairWaitMs(send);
    if (waitMs <= 0) return true;
    if (waitMs > PATIENCE_MS) this.#parts.postpone(this.takeOut(send.contactId), waitMs);
    else {
      this.#busy.add(send.contactId);
      setTimeout(() => this.#free(send), waitMs);
    }
    return false;
  }

  #rest(waitMs: number): void {
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.pump();
    }, waitMs);
  }

  async #go(ready: ReadySend): Promise<void> {
    this.#busy.add(ready.send.contactId);
    this.#underWay++;
    await this.#parts.post(ready);
    this.#underWay--;
    this.#free(ready.send);
  }

  #free({ contactId }: QueuedSend): void {
    this.#busy.delete(contactId);
    this.pump();
  }
}
