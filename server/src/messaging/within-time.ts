import type { Connection, Pool } from '../platform/database.ts';
import { type Query, queryOn } from '../platform/query.ts';

/**
 * Runs statements outside a transaction, each committed by itself. Rejects after `ms`, waiting for a connection included: a connection
 * that hangs is cut, what it was told may or may not have been done.
 */
export async function withinTime<T>(pool: Pool, ms: number, run: (query: Query) => Promise<T>): Promise<T> {
  let connection: Connection | undefined;
  let isLate = false;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      isLate = true;
      reject(new Error(`The database did not answer within ${ms} ms.`));
    }, ms);
  });
  const running = pool.connect().then((mine) => {
    // Too late for this caller: the connection goes back unused.
    if (isLate) return mine.release() as never;
    connection = mine;
    return run(queryOn(mine));
  });
  try {
    return await Promise.race([running, late]);
  } finally {
    clearTimeout(timer);
    connection?.release(isLate);
  }
}
