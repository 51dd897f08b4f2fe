import type { Clock } from '../platform/clock.ts';
import type { CloudApi } from '../whatsapp/cloud-api.ts';
import { GroupCommit } from './group-commit.ts';
import { judge, type Verdict } from './judge-outcome.ts';
import type { ReadySend } from './number-line.ts';
import type { QueueConnection } from './queue-connection.ts';
import type { QueuedSend } from './queued-send.ts';
import { markAttempted } from './send-queue.ts';

/** What a request came to, with the send's newest lease. */
export interface Posted {
  send: QueuedSend;
  verdict: Verdict;
  /** When the outcome was known, in ms. */
  at: number;
  /** When it was asked for, in ms. */
  askedAt: number;
}

export interface PosterParts {
  queue: QueueConnection;
  cloudApi: Pick<CloudApi, 'send'>;
  clock: Clock;
  /** Told at the moment a send leaves, or turns out not to: its number's pace counts from then. */
  onLeave: (send: QueuedSend) => void;
  /** The bound of the first retry's delay. */
  firstDelayMs: number;
  /** For how long an answer is waited for. Default 20 s. */
  timeoutMs?: number;
}

const TIMEOUT_MS = 20_000;

/** Posts messages to Meta: never before the attempt is on record, and never when another process may have it. */
export class Poster {
  readonly #parts: PosterParts;
  readonly #marks: GroupCommit<QueuedSend, QueuedSend | null>;

  constructor(parts: PosterParts) {
    this.#parts = parts;
    this.#marks = new GroupCommit({ write: (sends) => parts.queue.run((query) => markAttempted(query, sends)) });
  }

  /** Posts one message. Gives null, and has sent nothing, when the lease was lost. Throws when the attempt could not be put on record. */
  async post({ send, request }: ReadySend): Promise<Posted | null> {
    const { cloudApi, clock, firstDelayMs, onLeave, timeoutMs = TIMEOUT_MS } = this.#parts;
    const leave = once(() => onLeave(send));
    try {
      const marked = await this.#marks.add(send);
      if (!marked) return null;
      const askedAt = clock.now().getTime();
      const outcome = await cloudApi.send(request, { timeoutMs, onWritten: leave });
      return { send: marked, verdict: judge(outcome, send, firstDelayMs), at: clock.now().getTime(), askedAt };
    } finally {
      leave();
    }
  }
}

function once(tell: () => void): () => void {
  let isTold = false;
  return () => {
    if (!isTold) tell();
    isTold = true;
  };
}
