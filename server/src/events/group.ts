import { GraphQLError, type ExecutionResult } from 'graphql';
import { isConnectionFault } from '../platform/connection-fault.ts';
import type { Context } from '../platform/context.ts';
import type { Viewer } from '../platform/viewer.ts';
import type { LogEvent } from './read-log.ts';
import type { Subscriber } from './subscriber.ts';
import type { PreparedDocument } from './subscription-documents.ts';

/**
 * Subscribers of one tenant with the same document, variables and rights. Their events are computed once and written to all.
 * Nothing in an event's payload may depend on who looks beyond those rights.
 */
export class Group {
  readonly subscribers = new Set<Subscriber>();

  constructor(
    readonly key: string,
    readonly prepared: PreparedDocument,
    readonly args: Record<string, unknown>,
    readonly variables: Record<string, unknown>,
    readonly viewer: Viewer,
  ) {}

  wants(event: LogEvent): boolean {
    return this.prepared.wants(event, this.args);
  }

  /** Computes the payload of one event, as JSON. Never throws: what fails, rejects. */
  run(event: LogEvent, ctx: Context, describe: DescribeError): string | Promise<string> {
    try {
      const result = this.prepared.run(event, ctx, this.variables);
      return result instanceof Promise ? result.then((settled) => toJson(settled, describe)) : toJson(result, describe);
    } catch (error) {
      return Promise.reject(error);
    }
  }
}

/** Turns an error of a field into what the client may know of it. */
export type DescribeError = (error: GraphQLError) => object;

/** Throws when the database went away meanwhile: the event is computed again when it is back, not delivered half. */
function toJson({ data, errors }: ExecutionResult, describe: DescribeError): string {
  const lost = errors?.find((error) => isConnectionFault(error.originalError));
  if (lost) throw lost.originalError;
  return JSON.stringify(errors?.length ? { data, errors: errors.map((error) => describe(asGraphQLError(error))) } : { data });
}

/** The compiled executor's errors carry no extensions of their own; the error that was thrown does. */
function asGraphQLError(error: GraphQLError): GraphQLError {
  const { message, path, originalError } = error;
  return new GraphQLError(message, { path: path ?? null, originalError: originalError ?? null });
}
