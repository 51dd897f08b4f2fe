import type { SendOutcome } from '../whatsapp/send.ts';
import { failureOf, mayBeTaken } from '../whatsapp/errors.ts';
import type { QueuedSend } from './queued-send.ts';

/** What becomes of a send after its request. */
export type Verdict =
  | { kind: 'accepted'; wamid: string; waId?: string; isAssessed?: true }
  /** It may have been sent: nobody sends it again but a person who says so. */
  | { kind: 'unconfirmed' }
  /** Meta answered, but not whether it took it: until the lease ends a status with our id may tell, then it is UNCONFIRMED. */
  | { kind: 'in-doubt' }
  | { kind: 'failed'; code: number }
  /** Surely not accepted, and worth another request. */
  | { kind: 'again'; delayMs: number; tries: number; unreached: number }
  /** The number is too fast: it rests, then goes on slower. */
  | { kind: 'slow-number'; retryAfterMs?: number }
  /** This customer got too much at once from this number. */
  | { kind: 'delay-pair' }
  /** The number cannot send until somebody helps it; what it should send is kept. */
  | { kind: 'pause-number'; reason: string; code: number };

export const MOST_TRIES = 5;

/** The failure of a message that never reached Meta, or that something between us refused. None of Meta's codes is negative. */
export const NEVER_REACHED = -1;

/** Meta is giving the number a higher throughput: nothing goes through for up to a minute. */
const UPGRADING = 131057;
const UPGRADING_MS = 20_000;

/** Whatever `Retry-After` says, in ms: a number is not silent for days because of a wrong answer. */
export const LONGEST_REST_MS = 300_000;

/** While WhatsApp cannot be reached, a message is tried again within this at the latest. */
export const UNREACHED_DELAY_MS = 30_000;
/** Counting further would change no delay. */
const MOST_UNREACHED = 20;

/** The requests for a message that came before: refused ones, and those that never got to WhatsApp. */
export type Before = Pick<QueuedSend, 'tries' | 'unreached'>;

/**
 * Judges the outcome of a request. Only what was surely not accepted is ever sent again, at first within `firstDelayMs`, then within twice
 * as long each time: five requests if Meta refuses, any number while WhatsApp cannot be reached.
 */
export function judge(outcome: SendOutcome, before: Before, firstDelayMs: number): Verdict {
  if (outcome.kind === 'accepted') {
    const { wamid, waId, held } = outcome;
    return { kind: 'accepted', wamid, waId, ...(held && { isAssessed: true }) };
  }
  if (outcome.kind === 'unknown') return { kind: outcome.httpStatus === undefined ? 'unconfirmed' : 'in-doubt' };
  if (outcome.kind === 'unwritten') return reachAgain(before, firstDelayMs);
  const { error, httpStatus } = outcome;
  if (mayBeTaken({ code: error.code, httpStatus })) return { kind: 'in-doubt' };
  const failure = failureOf({ code: error.code, httpStatus, transient: error.transient });
  const code = error.code ?? NEVER_REACHED;
  if (code === UPGRADING) return { kind: 'slow-number', retryAfterMs: error.retryAfterMs ?? UPGRADING_MS };
  switch (failure.act) {
    case 'retry':
      return againOr(code, before, firstDelayMs, error.retryAfterMs);
    case 'slow-number':
      return { kind: 'slow-number', retryAfterMs: error.retryAfterMs };
    case 'delay-pair':
      return { kind: 'delay-pair' };
    case 'pause-number':
      return { kind: 'pause-number', reason: failure.title, code };
    default:
      // Not Meta's word but that of something in between, such as a proxy that is being set up: it may be another in a moment.
      return error.code === null ? againOr(code, before, firstDelayMs, error.retryAfterMs) : { kind: 'failed', code };
  }
}

/** What becomes of a message that cannot be read or opened: as many tries as with one that is refused, since a key may yet come. */
export function judgeBroken(before: Before, firstDelayMs: number): Verdict {
  return againOr(NEVER_REACHED, before, firstDelayMs);
}

/** Full jitter: whoever failed together does not come back together, and none before Meta's time. */
function againOr(code: number, { tries, unreached }: Before, firstDelayMs: number, notBeforeMs = 0): Verdict {
  if (tries + 1 >= MOST_TRIES) return { kind: 'failed', code };
  const delayMs = Math.min(notBeforeMs, LONGEST_REST_MS) + Math.random() * firstDelayMs * 2 ** tries;
  return { kind: 'again', delayMs, tries: tries + 1, unreached };
}

/** An outage of ours or theirs is no fault of the message: it stays QUEUED until WhatsApp answers. */
function reachAgain({ tries, unreached }: Before, firstDelayMs: number): Verdict {
  const withinMs = Math.min(firstDelayMs * 2 ** unreached, UNREACHED_DELAY_MS);
  return { kind: 'again', delayMs: Math.random() * withinMs, tries, unreached: Math.min(unreached + 1, MOST_UNREACHED) };
}
