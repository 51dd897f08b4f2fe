import type { ErrorResponse, WireError } from '../src/whatsapp/wire.ts';

const HREF = '/documentation/business-messaging/whatsapp/support/error-codes';

// HTTP status, title and details of the codes that can be met here, as Meta documents them.
const ERRORS: Record<number, [httpStatus: number, title: string, details: string]> = {
  0: [401, 'AuthException', 'We were unable to authenticate the app user.'],
  1: [400, 'API Unknown', 'Invalid request or possible server error.'],
  2: [503, 'API Service', 'Temporary due to downtime or due to being overloaded.'],
  3: [500, 'API Method', 'Capability or permissions issue.'],
  4: [400, 'API Too Many Calls', 'The app has reached its API call rate limit.'],
  10: [403, 'API Permission Denied', 'Permission is either not granted or has been removed.'],
  33: [400, 'Parameter value is not valid', 'The business phone number has been deleted.'],
  100: [400, 'Invalid parameter', 'The request included one or more unsupported or misspelled parameters.'],
  190: [401, 'Invalid OAuth access token', 'Your access token has expired.'],
  368: [403, 'Temporarily blocked for policies violations', 'The account has been restricted for violating a platform policy.'],
  80007: [400, 'Rate limit issues', 'The WhatsApp Business Account has reached its rate limit.'],
  130403: [400, 'User blocked', 'You have blocked this user.'],
  130429: [400, 'Rate limit hit', 'Cloud API message throughput has been reached.'],
  130472: [
    400,
    "User's number is part of an experiment",
    "Message was not sent because the user's number is part of an experiment.",
  ],
  130497: [
    403,
    'Business account is restricted from messaging users in this country',
    'The account may not message users in this country.',
  ],
  131000: [500, 'Something went wrong', 'Message failed to send due to an unknown error.'],
  131005: [403, 'Access denied', 'Permission is either not granted or has been removed.'],
  131008: [400, 'Required parameter is missing', 'The request is missing a required parameter.'],
  131009: [400, 'Parameter value is not valid', 'One or more parameter values are invalid.'],
  131016: [500, 'Service unavailable', 'A service is temporarily unavailable.'],
  131021: [400, 'Recipient cannot be sender', 'Sender and recipient phone number is the same.'],
  131026: [400, 'Message undeliverable', 'Unable to deliver message.'],
  131031: [403, 'Account has been locked', 'The account has been restricted or disabled for violating a policy.'],
  131037: [400, 'Display name approval is needed', 'The business phone number lacks an approved display name.'],
  131042: [400, 'Business eligibility payment issue', 'There was an error related to your payment method.'],
  131047: [400, 'Re-engagement message', 'More than 24 hours have passed since the customer last replied to this number.'],
  131048: [400, 'Spam rate limit hit', 'There are restrictions on how many messages can be sent from this phone number.'],
  131049: [400, 'Meta chose not to deliver', 'This message was not delivered to maintain healthy ecosystem engagement.'],
  131050: [
    400,
    'User has stopped marketing messages',
    'The recipient chose to stop receiving marketing messages from your business.',
  ],
  131051: [400, 'Unsupported message type', 'Message type is currently not supported.'],
  131056: [400, 'Pair rate limit hit', 'Too many messages sent from this phone number to the same number in a short time.'],
  131057: [500, 'Account in maintenance mode', 'The number is being upgraded to a higher throughput.'],
  133004: [503, 'Server temporarily unavailable', 'The server is temporarily unavailable.'],
  133010: [400, 'Phone number not registered', 'Phone number not registered on the WhatsApp Business Platform.'],
};

const UNLISTED: [number, string, string] = [400, 'Unknown error', 'No details.'];

/** The HTTP status and body of a refusal with this code. */
export function refusal(code: number, details?: string): { httpStatus: number; body: ErrorResponse } {
  const [httpStatus, title, usual] = ERRORS[code] ?? UNLISTED;
  const error_data = { messaging_product: 'whatsapp' as const, details: details ?? usual };
  return {
    httpStatus,
    body: { error: { message: `(#${code}) ${title}`, type: 'OAuthException', code, error_data, fbtrace_id: trace() } },
  };
}

/** What Meta answers for an id that does not exist or that the token may not see. */
export function unknownObject(method: string, id: string): { httpStatus: number; body: ErrorResponse } {
  const why = 'does not exist, cannot be loaded due to missing permissions, or does not support this operation';
  const message = `Unsupported ${method.toLowerCase()} request. Object with ID '${id}' ${why}`;
  return {
    httpStatus: 400,
    body: { error: { message, type: 'GraphMethodException', code: 100, error_subcode: 33, fbtrace_id: trace() } },
  };
}

/** The same code as a `failed` status carries it. */
export function statusError(code: number): WireError {
  const [, title, details] = ERRORS[code] ?? UNLISTED;
  return { code, title, message: title, error_data: { details }, href: HREF };
}

function trace(): string {
  return `A${Math.random().toString(36).slice(2, 13)}`;
}
