const PRIVATE_FIELDS = [
  'authorization',
  'body',
  'cookie',
  'email',
  'from',
  'password',
  'phone',
  'pin',
  'secret',
  'text',
  'to',
  'token',
  'variables',
  'wa_id',
  'waId',
];

/** Fields that are never logged, as a member of the line or one or two levels below it. */
export const redactedPaths = PRIVATE_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]);

const SECRETS: [pattern: RegExp, instead: string][] = [
  [/\bcc_(live|test)_[\w-]+/g, 'cc_$1_[redacted]'],
  [/\bwhsec_[\w+/=-]+/g, 'whsec_[redacted]'],
  [/\bEAA\w{16,}/g, '[redacted]'],
  [/\bBearer [\w.~+/=-]+/gi, 'Bearer [redacted]'],
  [/(\w+:\/\/[^\s:/@"]*):[^\s@"]+@/g, '$1:[redacted]@'],
  [/\+\d{7,15}\b/g, '+[redacted]'],
];

/** The last look at a finished line: takes out credentials and phones that came inside some longer text. */
export function withoutSecrets(line: string): string {
  return SECRETS.reduce((text, [pattern, instead]) => text.replace(pattern, instead), line);
}

/** What is logged of an error. A database error keeps its code and names only: its message and detail carry the row's values. */
export function errorForLog(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code, constraint, table } = error as { code?: unknown; constraint?: unknown; table?: unknown };
  const isDatabase = typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && !/^E[A-Z]{4}$/.test(code);
  const message = isDatabase ? `PostgreSQL error ${code}` : error.message;
  return {
    type: error.name,
    message,
    ...(typeof code === 'string' && { code }),
    ...(isDatabase && { constraint, table }),
    stack: framesOf(error),
    ...(error.cause instanceof Error && { cause: errorForLog(error.cause) }),
  };
}

/** The stack without its first lines, which repeat the message. */
function framesOf({ stack = '' }: Error): string {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
}
