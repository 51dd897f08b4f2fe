import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { RuleBroken } from '../platform/user-errors.ts';
import type { Log } from '../platform/log.ts';

/** Codes of errors that are about the request and may be shown as they are. */
const SHOWN = new Set([
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'BAD_CURSOR',
  'RESYNC_REQUIRED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'USE_SUBSCRIPTION_TRANSPORT',
  'TOO_MANY',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
]);

/**
 * What a client gets to see of an error. Whatever is not about the request itself is masked: the client gets a request id, the log gets the
 * rest. No stack, SQL or row ever leaves.
 */
export function describeError(error: GraphQLError, requestId: string, log: Log): GraphQLFormattedError {
  const { locations, path } = error;
  const where = { ...(locations && { locations }), ...(path && { path }) };
  const code = error.extensions['code'];
  if (typeof code === 'string' && SHOWN.has(code)) return { message: error.message, ...where, extensions: { code } };
  const origin = error.originalError;
  if (origin instanceof RuleBroken) return { message: origin.message, ...where, extensions: { code: 'BAD_USER_INPUT' } };
  // An error of graphql-js about the document or its variables has no origin and says nothing of ours.
  if (!origin && !code) return { message: error.message, ...where, extensions: { code: 'BAD_USER_INPUT' } };
  log.error({ err: origin ?? error, requestId, path }, 'an operation failed');
  return {
    message: `Something went wrong on our side. Tell us this id: ${requestId}`,
    ...where,
    extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
  };
}
