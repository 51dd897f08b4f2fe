import { GraphQLError } from 'graphql';

/** Faults of a request that are not broken rules: they come as GraphQL errors with `extensions.code`. */
export type FaultCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'BAD_CURSOR'
  | 'RESYNC_REQUIRED'
  | 'BAD_USER_INPUT'
  | 'USE_SUBSCRIPTION_TRANSPORT'
  | 'TOO_MANY';

/** An error that may be shown to the client as it is. Every other error is masked. */
export function fault(code: FaultCode, message: string, http?: number): GraphQLError {
  return new GraphQLError(message, { extensions: http ? { code, http: { status: http } } : { code } });
}
