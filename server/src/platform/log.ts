import { destination, pino, type DestinationStream, type Logger } from 'pino';
import { errorForLog, redactedPaths, withoutSecrets } from './log-redaction.ts';

export type Log = Logger;

export interface LogOptions {
  /** Without it: `warn` for a demo on a terminal, where the banner is what people read, else `info`. */
  level?: string;
  demo?: boolean;
  /** Where lines go: standard error, unless a test wants to read them. */
  stream?: DestinationStream;
}

/**
 * Makes the process's log: one JSON object a line on standard error. What people wrote, phones and secrets never reach it: known fields are
 * redacted, errors lose the values that drivers put into them, and each finished line is searched once more for credentials.
 */
export function createLog({ level, demo = false, stream = destination({ fd: 2, sync: true }) }: LogOptions): Log {
  return pino(
    {
      level: level ?? (demo && process.stderr.isTTY ? 'warn' : 'info'),
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: redactedPaths, censor: '[redacted]' },
      serializers: { err: errorForLog, error: errorForLog },
      hooks: { streamWrite: withoutSecrets },
    },
    stream,
  );
}
