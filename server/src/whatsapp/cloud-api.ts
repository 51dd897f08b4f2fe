import { Pool } from 'undici';
import { type CallEnd, call } from './call.ts';
import { idOf, isJson } from './read-json.ts';

export interface CloudApiOptions {
  /** Meta's address or a stand-in's, such as `https://graph.facebook.com`; a path is kept as a prefix. */
  baseUrl: string;
  /** Such as `v26.0`. */
  version: string;
  /** Connections at most. Default 64. */
  connections?: number;
  /** Time to connect, in ms. Default 5,000. */
  connectTimeoutMs?: number;
}

export type TextToSend = Recipient & {
  phoneNumberId: string;
  token: string;
  text: string;
  replyToWamid?: string;
  /** Comes back on every status of this message; our message id and nothing more. */
  opaque: string;
};

export interface SendOptions {
  timeoutMs?: number;
  onWritten?: () => void;
}

/** The customer's number (with or without its plus), or the business-scoped user id of one who has none; `to` wins. */
export type Recipient = { to: string; recipient?: string } | { to?: undefined; recipient: string };

export interface MetaError {
  /** Null when the refusal carried no error of Meta's, only an HTTP status. */
  code: number | null;
  title: string;
  details?: string;
  transient?: boolean;
  retryAfterMs?: number;
}

/** The request was refused for sure: Meta did not take it. */
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

/** The request was written and no usable answer came: it may have been accepted, so it must never be resent blindly. */
export interface Unknown {
  kind: 'unknown';
  cause: Error;
}

export type SendOutcome = { kind: 'accepted'; wamid: string; waId?: string; userId?: string } | Refused | Unwritten | Unknown;

export interface NumberAtMeta {
  phoneNumberId: string;
  displayPhone: string;
  verifiedName: string;
  quality?: string;
}

export type VerifyOutcome = { kind: 'found'; number: NumberAtMeta } | Refused | Unwritten | Unknown;

const NUMBER_FIELDS = 'id,display_phone_number,verified_name,quality_rating';

/** Meta's Cloud API over one pool of kept-alive connections. Its methods never throw: what happened is in the outcome. */
export class CloudApi {
  readonly #pool: Pool;
  readonly #prefix: string;

  constructor(options: CloudApiOptions) {
    const base = new URL(options.baseUrl);
    this.#prefix = `${base.pathname.replace(/\/$/, '')}/${options.version}/`;
    this.#pool = new Pool(base.origin, {
      connections: options.connections ?? 64,
      pipelining: 1,
      allowH2: false,
      connectTimeout: options.connectTimeoutMs ?? 5_000,
      // call.ts keeps its own time, which also covers the wait for a connection.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  /** Sends one text; the time-out in ms runs from now to the whole answer. `onWritten` is told when the request goes to a connected socket. */
  async sendText(message: TextToSend, { timeoutMs = 20_000, onWritten }: SendOptions = {}): Promise<SendOutcome> {
    const request = {
      method: 'POST' as const,
      path: `${this.#prefix}${encodeURIComponent(message.phoneNumberId)}/messages`,
      headers: ['authorization', `Bearer ${message.token}`, 'content-type', 'application/json'],
      body: textBody(message),
    };
    const end = await call(this.#pool, request, timeoutMs, onWritten);
    return outcomeOf(end, readAccepted);
  }

  /** Asks Meta whether this token may use this number, and how the number presents itself. */
  async verifyNumber(phoneNumberId: string, token: string, { timeoutMs = 10_000 } = {}): Promise<VerifyOutcome> {
    const path = `${this.#prefix}${encodeURIComponent(phoneNumberId)}?fields=${NUMBER_FIELDS}`;
    const end = await call(this.#pool, { method: 'GET', path, headers: ['authorization', `Bearer ${token}`] }, timeoutMs);
    return outcomeOf(end, readNumber);
  }

  /** Lets running calls end, then closes the connections. */
  async close(): Promise<void> {
    await this.#pool.close();
  }

  /** Cuts running calls: written ones end as `unknown`. */
  async destroy(): Promise<void> {
    await this.#pool.destroy();
  }
}

// Put together by hand: the frame never changes, only the strings are encoded.
function textBody(message: TextToSend): string {
  let body = '{"messaging_product":"whatsapp","recipient_type":"individual",';
  if (message.to !== undefined) body += `"to":${JSON.stringify(message.to.startsWith('+') ? message.to : `+${message.to}`)},`;
  else body += `"recipient":${JSON.stringify(message.recipient)},`;
  if (message.replyToWamid !== undefined) body += `"context":{"message_id":${JSON.stringify(message.replyToWamid)}},`;
  const text = JSON.stringify(message.text);
  return `${body}"type":"text","text":{"body":${text}},"biz_opaque_callback_data":${JSON.stringify(message.opaque)}}`;
}

/** Sorts the end of a call: a 2xx must be readable to count, a refusal of 5xx must carry Meta's own error to be believed. */
function outcomeOf<T>(end: CallEnd, read: (body: unknown) => T | undefined): T | Refused | Unwritten | Unknown {
  if (end.kind !== 'answered') return end;
  const { httpStatus } = end;
  const body = parse(end.body);
  if (httpStatus >= 200 && httpStatus < 300) return read(body) ?? unknown(`HTTP ${httpStatus} with an unreadable answer`);
  const error = readError(body);
  if (error) return { kind: 'refused', httpStatus, error: { ...error, retryAfterMs: end.retryAfterMs } };
  // A gateway in between answers for Meta here: 408 and 5xx leave open whether Meta took the request.
  if (httpStatus >= 500 || httpStatus === 408) return unknown(`HTTP ${httpStatus} without an error of Meta's`);
  return { kind: 'refused', httpStatus, error: { code: null, title: `HTTP ${httpStatus}`, retryAfterMs: end.retryAfterMs } };
}

function unknown(message: string): Unknown {
  return { kind: 'unknown', cause: new Error(message) };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function readAccepted(body: unknown): SendOutcome | undefined {
  if (!isJson(body) || !Array.isArray(body.messages)) return undefined;
  const message: unknown = body.messages[0];
  const contact: unknown = Array.isArray(body.contacts) ? body.contacts[0] : undefined;
  const wamid = isJson(message) ? idOf(message.id) : undefined;
  if (wamid === undefined) return undefined;
  return isJson(contact)
    ? { kind: 'accepted', wamid, waId: idOf(contact.wa_id), userId: idOf(contact.user_id) }
    : { kind: 'accepted', wamid };
}

function readNumber(body: unknown): VerifyOutcome | undefined {
  if (!isJson(body)) return undefined;
  const phoneNumberId = idOf(body.id);
  const { display_phone_number: displayPhone, verified_name: verifiedName, quality_rating: quality } = body;
  if (phoneNumberId === undefined || typeof displayPhone !== 'string' || typeof verifiedName !== 'string') return undefined;
  return {
    kind: 'found',
    number: { phoneNumberId, displayPhone, verifiedName, quality: typeof quality === 'string' ? quality : undefined },
  };
}

function readError(body: unknown): MetaError | undefined {
  if (!isJson(body) || !isJson(body.error) || !Number.isSafeInteger(body.error.code)) return undefined;
  const { error } = body;
  const data = isJson(error.error_data) ? error.error_data : {};
  return {
    code: Number(error.code),
    title: typeof error.message === 'string' ? error.message : '',
    details: typeof data.details === 'string' ? data.details : undefined,
    transient: error.is_transient === true,
  };
}
