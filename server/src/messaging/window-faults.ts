import { SealBroken } from '../platform/sealed.ts';
import { Outrun } from './window.ts';

/**
 * What to do about a transaction that failed: run it `again` (someone else was faster), wait for rows that someone has `held` for long,
 * wait for a database that is `away`, or look for the `culprit` among what it wrote.
 */
export type WindowFault = 'again' | 'held' | 'away' | 'culprit';

/** Unique violation, serialization failure, deadlock, and a plan that a migration has overtaken. */
const AGAIN = new Set(['23505', '40001', '40P01', '0A000']);
const LOCK_NOT_AVAILABLE = '55P03';
/** Connection, resources, and an operator's or a crash's interruption. */
const AWAY = /^(08|53|57|58)/;
/** Node's own names of what happens to sockets, such as ECONNREFUSED. */
const SOCKET = /^E[A-Z]+$/;

/** Sorts the error of a transaction. */
export function faultOf(error: unknown): WindowFault {
  if (error instanceof Outrun) return 'again';
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string') {
    if (AGAIN.has(code)) return 'again';
    if (code === LOCK_NOT_AVAILABLE) return 'held';
    return AWAY.test(code) || SOCKET.test(code) ? 'away' : 'culprit';
  }
  // The driver tells a connection that broke or could not be had by words alone.
  return error instanceof Error && /connection|timeout/i.test(error.message) && error.constructor === Error ? 'away' : 'culprit';
}

/** An error in a few words without any content of the row that caused it. */
export function reasonOf(error: unknown): string {
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string') return `PostgreSQL ${code}`;
  if (error instanceof SealBroken) return 'a sealed value cannot be opened';
  return error instanceof Error ? error.name : typeof error;
}
