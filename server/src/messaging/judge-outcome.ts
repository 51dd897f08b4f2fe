import type { SendOutcome } from '../whatsapp/cloud-api.ts';
import { failureOf } from '../whatsapp/errors.ts';

/** What becomes of a send after its request. */
export type Verdict =
  | { kind: 'accepted'; wamid: string; waId?: string }
  /** It may have been sent: nobody sends it again but a person who says so. */
  | { kind: 'unconfirmed' }
  | { kind: 'failed'; code: number }
  /** Surely not accepted, and worth another request. */
  | { kind: 'again'; tries: number; delayMs: number }
  /** The number is too fast: it rests, then goes on slower. */
  | { kind: 'slow-number'; retryAfterMs?: number }
  /** This customer got too much at once from this number. */
  | { kind: 'delay-pair' }
  /** The number cannot send until somebody helps it; what it should send is kept. */
  | { kind: 'pause-number'; reason: string };

export const MOST_TRIES = 5;

/** The failure of a message that never reached Meta, or that something between us refused. None of Meta's codes is negative. */
export const NEVER_REACHED = -1;

/**
 * Judges the outcome of a request that `tries` others came before. Only what was surely not accepted is ever sent again, at first within
 * `firstDelayMs`, then within twice as long each time.
 */
export function judge(outcome: SendOutcome, tries: number, firstDelayMs: number): Verdict {
  if (outcome.kind === 'accepted') return { kind: 'accepted', wamid: outcome.wamid, waId: outcome.waId };
  if (outcome.kind === 'unknown') return { kind: 'unconfirmed' };
  if (outcome.kind === 'unwritten') return againOr(NEVER_REACHED, tries, firstDelayMs);
  const { error, httpStatus } = outcome;
  const failure = failureOf({ code: error.code, httpStatus, transient: error.transient });
  const code = error.code ?? NEVER_REACHED;
  switch (failure.act) {
    case 'retry':
      return againOr(code, tries, firstDelayMs);
    case 'slow-number':
      return { kind: 'slow-number', retryAfterMs: error.retryAfterMs };
    case 'delay-pair':
      return { kind: 'delay-pair' };
    case 'pause-number':
      return { kind: 'pause-number', reason: failure.title };
    default:
      return { kind: 'failed', code };
  }
}

/** Full jitter: whoever failed together does not come back together. */
function againOr(code: number, tries: number, firstDelayMs: number): Verdict {
  if (tries + 1 >= MOST_TRIES) return { kind: 'failed', code };
  return { kind: 'again', tries: tries + 1, delayMs: Math.random() * firstDelayMs * 2 ** tries };
}
