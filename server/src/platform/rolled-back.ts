/** Serialization failure and deadlock: with these PostgreSQL says that it has taken the whole transaction back, and that another run may succeed. */
const ROLLED_BACK = new Set(['40001', '40P01']);

/** Whether a transaction that ended with this error was surely rolled back because of others, so that it may be run again. */
export function wasRolledBack(error: unknown): boolean {
  for (let fault = error; fault instanceof Error; fault = fault.cause) {
    const code = (fault as { code?: unknown }).code;
    if (typeof code === 'string') return ROLLED_BACK.has(code);
  }
  return false;
}
