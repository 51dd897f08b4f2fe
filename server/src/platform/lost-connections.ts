import type { Pool } from 'pg';
import { isConnectionFault } from './connection-fault.ts';

type RunQuery = (this: unknown, ...args: unknown[]) => unknown;

const EDGES = /^(begin|start transaction|rollback)\b/i;
const NOTHING = { command: '', rowCount: 0, oid: 0, fields: [], rows: [] };

/**
 * The ORM's query builder gives a connection back only when `begin` and `rollback` succeed: a lost one would be missing in the pool for ever, and
 * after as many losses as the pool has connections nothing could be read any more. So both succeed on a connection that is lost:
 * whatever was begun on it is rolled back already, and the first statement that follows fails with the reason.
 */
export function giveBackLostConnections(pool: Pool): void {
  pool.on('connect', (client) => {
    const own = client as unknown as { query: RunQuery };
    const query = own.query;
    own.query = function (...args) {
      const running = query.apply(this, args);
      // With a callback, or with a query object, it is nobody's `begin` or `rollback` of a transaction.
      if (!(running instanceof Promise) || typeof args[0] !== 'string' || !EDGES.test(args[0])) return running;
      return running.catch((error: unknown) => {
        if (!isConnectionFault(error)) throw error;
        return NOTHING;
      });
    };
  });
}
