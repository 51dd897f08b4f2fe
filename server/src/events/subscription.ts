import { fault } from '../platform/faults.ts';
import type { Loader } from '../platform/loading.ts';
import type { LogEvent } from './read-log.ts';

/** Which events a subscription field is about, from its arguments. Stands in the field's extensions as `wants`. */
export type Wants = (event: LogEvent, args: Record<string, unknown>) => boolean;

/** Which row a field of an event's payload shows; deliveries read it beforehand. Stands in the field's extensions as `shows`. */
export interface Shows {
  loader: Loader<string, unknown>;
  key(event: LogEvent): string | null;
}

/** The extensions of a field that shows a row. */
export function shows<Value>(loader: Loader<string, Value>, key: Shows['key']): { shows: Shows } {
  return { shows: { loader: loader as Loader<string, unknown>, key } };
}

/**
 * Subscription fields are served by the hub, which runs them once per group with the event as their root value.
 * GraphQL's own way of subscribing is closed: it would run once per client.
 */
export const byTheHub = {
  subscribe: (): AsyncIterable<never> => {
    throw fault(
      'USE_SUBSCRIPTION_TRANSPORT',
      'Subscribe over WebSocket at /graphql or over server-sent events at /graphql/stream.',
    );
  },
};
