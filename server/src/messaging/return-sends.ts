import type { Services } from '../platform/context.ts';
import { GroupCommit } from './group-commit.ts';
import type { QueueConnection } from './queue-connection.ts';
import type { QueuedSend } from './queued-send.ts';
import { type PutBack, putBack } from './send-queue.ts';

/** The sends on their way back into the queue: nothing newer for the same customer may go out while they are. */
export class Returns {
  readonly #log: Services['log'];
  readonly #group: GroupCommit<PutBack, void>;
  readonly #returning = new Set<QueuedSend>();
  #claiming: Promise<unknown> = Promise.resolve();

  constructor(queue: Pick<QueueConnection, 'run'>, log: Services['log']) {
    this.#log = log;
    this.#group = new GroupCommit<PutBack, void>({
      write: async (returned) => {
        await queue.run((query) => putBack(query, returned));
        return [];
      },
    });
  }

  /** Puts a send back and resolves once it can be overtaken by none. If it fails, the lease ends by itself. Never rejects. */
  async add(returned: PutBack): Promise<void> {
    this.#returning.add(returned.send);
    try {
      await this.#group.add(returned);
    } catch (error) {
      this.#log.warn({ err: error }, 'A send could not be put back; its lease will end.');
    }
    // A claim under way may have been made when this row was still leased, and so was in nobody's way.
    await this.#claiming;
    this.#returning.delete(returned.send);
  }

  /** Keeps newer sends to the same customer back until something else that was begun about this one is done. Never rejects. */
  async hold(send: QueuedSend, done: Promise<unknown>): Promise<void> {
    this.#returning.add(send);
    await done.catch(() => undefined);
    await this.#claiming;
    this.#returning.delete(send);
  }

  /** Runs a claim, from the statement to where its sends were asked about here. One at a time. Throws what it throws. */
  during(claim: () => Promise<void>): Promise<void> {
    const claimed = claim();
    this.#claiming = claimed.catch(() => undefined);
    return claimed;
  }

  /** Whether an older send to the same customer is on its way back. */
  isAheadOf({ numberId, contactId, messageId }: QueuedSend): boolean {
    for (const other of this.#returning)
      if (other.contactId === contactId && other.numberId === numberId && other.messageId < messageId) return true;
    return false;
  }
}
