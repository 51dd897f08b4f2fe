import type { UserErrorCode } from '#lib/gql/graphql.ts';
import type { MessageKey } from '#lib/i18n/catalogue.ts';

/** The sentence of every code that a command can be refused with, and of what this client finds itself. */
const texts = {
  NOT_FOUND: 'error.NOT_FOUND',
  FORBIDDEN: 'error.FORBIDDEN',
  BAD_INPUT: 'error.BAD_INPUT',
  BAD_CREDENTIALS: 'error.BAD_CREDENTIALS',
  RATE_LIMITED: 'error.RATE_LIMITED',
  WINDOW_CLOSED: 'error.WINDOW_CLOSED',
  CONVERSATION_MOVED: 'error.CONVERSATION_MOVED',
  NUMBER_UNAVAILABLE: 'error.NUMBER_UNAVAILABLE',
  NUMBER_TAKEN: 'error.NUMBER_TAKEN',
  TEXT_TOO_LONG: 'error.TEXT_TOO_LONG',
  NOT_RETRYABLE: 'error.NOT_RETRYABLE',
  IDEMPOTENCY_MISMATCH: 'error.IDEMPOTENCY_MISMATCH',
  MEDIA_TOO_LARGE: 'error.MEDIA_TOO_LARGE',
  MEDIA_TYPE_NOT_ALLOWED: 'error.MEDIA_TYPE_NOT_ALLOWED',
  MEDIA_NOT_READY: 'error.MEDIA_NOT_READY',
  TEMPLATE_NOT_APPROVED: 'error.TEMPLATE_NOT_APPROVED',
  TEMPLATE_VALUES_WRONG: 'error.TEMPLATE_VALUES_WRONG',
  TEMPLATE_LOCKED: 'error.TEMPLATE_LOCKED',
  MESSAGING_LIMIT_REACHED: 'error.MESSAGING_LIMIT_REACHED',
  OPTED_OUT: 'error.OPTED_OUT',
  NO_ADDRESS: 'error.NO_ADDRESS',
  PHONE_NEEDED: 'error.PHONE_NEEDED',
  TOO_LATE: 'error.TOO_LATE',
  BAD_TIME: 'error.BAD_TIME',
  PIN_NEEDED: 'error.PIN_NEEDED',
  PIN_WRONG: 'error.PIN_WRONG',
  PIN_LOCKED: 'error.PIN_LOCKED',
  PIN_TOO_FAST: 'error.PIN_TOO_FAST',
  NUMBER_NOT_VERIFIED: 'error.NUMBER_NOT_VERIFIED',
  REGISTRATION_TOO_SOON: 'error.REGISTRATION_TOO_SOON',
  REGISTRATION_LIMIT_REACHED: 'error.REGISTRATION_LIMIT_REACHED',
  MERGE_CONFLICT: 'error.MERGE_CONFLICT',
  META_REFUSED: 'error.META_REFUSED',
  META_UNREACHABLE: 'error.META_UNREACHABLE',
  reaction: 'react.failed',
  unreachable: 'error.unreachable',
} as const satisfies Record<UserErrorCode | 'reaction' | 'unreachable', MessageKey>;

type KnownCode = keyof typeof texts;

export function isKnownRefusal(code: string): code is KnownCode {
  return Object.hasOwn(texts, code);
}

/** The key of the sentence for a code the server refused something with. */
export function refusalText(code: string): (typeof texts)[KnownCode] | 'error.other' {
  return isKnownRefusal(code) ? texts[code] : 'error.other';
}
