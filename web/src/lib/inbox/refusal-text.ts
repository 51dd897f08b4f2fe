const texts = {
  NOT_FOUND: 'error.NOT_FOUND',
  FORBIDDEN: 'error.FORBIDDEN',
  WINDOW_CLOSED: 'error.WINDOW_CLOSED',
  NUMBER_PAUSED: 'error.NUMBER_PAUSED',
  TEXT_TOO_LONG: 'error.TEXT_TOO_LONG',
  NOT_RETRYABLE: 'error.NOT_RETRYABLE',
  unreachable: 'error.unreachable',
} as const;

type KnownCode = keyof typeof texts;

/** The key of the sentence for a code the server refused something with. */
export function refusalText(code: string): (typeof texts)[KnownCode] | 'error.other' {
  return Object.hasOwn(texts, code) ? texts[code as KnownCode] : 'error.other';
}
