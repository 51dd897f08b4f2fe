import type { EventRecord } from './event-record.ts';
import type { Keys } from './keys.ts';
import type { Query } from './query.ts';

/** One transaction of a worker, for all tenants that have something in it. */
export interface Window {
  query: Query;
  keys: Keys;
  /** What happened, in order; appended as the last statement. */
  events: EventRecord[];
}
