import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerJson } from './answer.ts';
import type { Fault } from './faults.ts';
import { refusal } from './meta-errors.ts';

/** Faults that strike before the request is looked at; true when the call has ended with that. */
export function isTurnedAway(fault: Fault, request: IncomingMessage, response: ServerResponse): boolean {
  return 'isAccepted' in fault && fault.isAccepted ? false : isSpoilt(fault, request, response);
}

/** Faults that strike whether the request was done or not, in place of its answer; true when the call has ended with that. */
function isSpoilt(fault: Fault, request: IncomingMessage, response: ServerResponse): boolean {
  if (fault.kind === 'reset') request.socket.resetAndDestroy();
  else if (fault.kind === 'http')
    response.writeHead(fault.status, { 'content-length': 0, ...retryAfter(fault.retryAfterSeconds) }).end();
  else if (fault.kind === 'answer') {
    const { httpStatus, body } = refusal(fault.code);
    answerJson(response, httpStatus, body, retryAfter(fault.retryAfterSeconds));
  } else return false;
  return true;
}

/** Gives the answer to what was done, as far as a fault lets it through. */
export function give(fault: Fault | undefined, request: IncomingMessage, response: ServerResponse, answer: object): void {
  if (fault && isSpoilt(fault, request, response)) return;
  if (fault?.kind === 'drop') request.socket.resetAndDestroy();
  else if (fault?.kind !== 'hang') answerJson(response, 200, answer);
}

export function retryAfter(seconds: number | undefined): Record<string, string> {
  return seconds ? { 'retry-after': String(seconds) } : {};
}

export function tokenOf(request: IncomingMessage): string | undefined {
  return /^(?:Bearer|OAuth) (.+)$/.exec(request.headers.authorization ?? '')?.[1];
}
