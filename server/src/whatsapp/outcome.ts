import type { CallEnd } from './call.ts';
import { isJson, objectOf } from './read-json.ts';

export interface MetaError {
  /** Null when the refusal carried no error of Meta's, only an HTTP status. */
  code: number | null;
  title: string;
  details?: string;
  /** Of management calls to older versions, which hide the true code behind 100. */
  subcode?: number;
  /** What Meta would tell a user of a management call, such as why a template was not taken. */
  userMessage?: string;
  transient?: boolean;
  retryAfterMs?: number;
}

/** Answered with an error: of 4xx the request was not taken, of 5xx `mayBeTaken` (errors.ts) says whether it may have been. */
export interface Refused {
  kind: 'refused';
  httpStatus: number;
  error: MetaError;
}

/** The connection never took the request: it is safe to send it again. */
export interface Unwritten {
  kind: 'unwritten';
  cause: Error;
}

/** The request was written and no usable answer came: it may have been accepted, so what counts twice must never be resent blindly. */
export interface Unknown {
  kind: 'unknown';
  cause: Error;
  /** Something did answer, with this status: Meta itself is there to tell more soon. */
  httpStatus?: number;
}

export type Failed = Refused | Unwritten | Unknown;

/** How a call came out that tells `T`. */
export type Outcome<T> = { kind: 'done'; value: T } | Failed;

/** Sorts the end of a call: a 2xx must be readable to count, a refusal of 5xx must carry Meta's own error to be believed. */
export function outcomeOf<T>(end: CallEnd, read: (body: unknown) => T | undefined): T | Failed {
  if (end.kind !== 'answered') return end;
  const { httpStatus } = end;
  const body = parse(end.body);
  if (httpStatus >= 200 && httpStatus < 300)
    return read(body) ?? unknown(`HTTP ${httpStatus} with an unreadable answer`, httpStatus);
  const error = readError(body);
  if (error) return { kind: 'refused', httpStatus, error: { ...error, retryAfterMs: end.retryAfterMs } };
  // A gateway in between answers for Meta here: 408 and 5xx leave open whether Meta took the request.
  if (httpStatus >= 500 || httpStatus === 408) return unknown(`HTTP ${httpStatus} without an error of Meta's`, httpStatus);
  return { kind: 'refused', httpStatus, error: { code: null, title: `HTTP ${httpStatus}`, retryAfterMs: end.retryAfterMs } };
}

export function done<T>(value: T | undefined): Outcome<T> | undefined {
  return value === undefined ? undefined : { kind: 'done', value };
}

/** A refusal of our own: the request never left. */
export function refusal(code: number | null, title: string, httpStatus = 400): Refused {
  return { kind: 'refused', httpStatus, error: { code, title } };
}

function unknown(message: string, httpStatus: number): Unknown {
  return { kind: 'unknown', cause: new Error(message), httpStatus };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function readError(body: unknown): MetaError | undefined {
  if (!isJson(body) || !isJson(body.error) || !Number.isSafeInteger(body.error.code)) return undefined;
  const { error } = body;
  const data = objectOf(error.error_data);
  return {
    code: Number(error.code),
    title: typeof error.message === 'string' ? error.message : '',
    details: typeof data.details === 'string' ? data.details : undefined,
    subcode: Number.isSafeInteger(error.error_subcode) ? Number(error.error_subcode) : undefined,
    userMessage: typeof error.error_user_msg === 'string' ? error.error_user_msg : undefined,
    transient: error.is_transient === true,
  };
}
