/** SQLSTATE classes and system codes that say: the database is away, not the statement wrong. */
const AWAY = /^(08|57P0|53300|ECONN|EPIPE|ENOENT|ETIMEDOUT)/;

/** True for errors that a later try may not meet again: a lost, refused or timed-out connection. */
export function isConnectionFault(error: unknown): boolean {
  for (let fault = error; fault instanceof Error; fault = fault.cause) {
    const code = (fault as { code?: unknown }).code;
    if (typeof code === 'string' && AWAY.test(code)) return true;
    if (
      /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/.test(
        fault.message,
      )
    )
      return true;
  }
  return false;
}
