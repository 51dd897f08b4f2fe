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
  200: [403, 'Permissions error', 'Permission is either not granted or has been removed.'],
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
  131052: [400, 'Media download error', 'Unable to download the media sent by the user.'],
  131053: [400, 'Media upload error', 'Unable to upload the media used in the message.'],
  131062: [400, 'Recipient not allowed', 'This template cannot be sent to a business-scoped user id.'],
  131064: [400, 'Template limit reached', 'The account is over its limit for template classification violations.'],
  132000: [400, 'Template Param Count Mismatch', 'The number of variable values does not match the template.'],
  132001: [404, 'Template does not exist', 'The template does not exist in the specified language or has not been approved.'],
  132005: [400, 'Template Hydrated Text Too Long', 'Translated text is too long.'],
  132007: [400, 'Template Format Character Policy Violated', 'Template content violates a policy.'],
  132012: [400, 'Template Parameter Format Mismatch', 'Variable values are formatted incorrectly.'],
  132015: [400, 'Template is Paused', 'Template is paused due to low quality so it cannot be sent.'],
  132016: [400, 'Template is Disabled', 'Template has been paused too many times and is now permanently disabled.'],
  132018: [400, 'Template parameter issue', 'There is an issue with the parameters of the template.'],
  132068: [400, 'Flow is blocked', 'Flow is in blocked state.'],
  132069: [400, 'Flow is throttled', 'Flow is in throttled state.'],
  133000: [500, 'Incomplete Deregistration', 'A previous deregistration attempt failed.'],
  133005: [400, 'Two step verification PIN Mismatch', 'Two-step verification PIN incorrect.'],
  133006: [400, 'Phone number re-verification needed', 'Phone number needs to be verified before registering.'],
  133008: [400, 'Too Many two step verification PIN Guesses', 'Too many two-step verification PIN guesses.'],
  133009: [400, 'Two step verification PIN Guessed Too Fast', 'Two-step verification PIN was entered too quickly.'],
  133015: [400, 'Please wait a few minutes', 'The phone number was recently deleted.'],
  133016: [400, 'Account register deregister rate limit exceeded', 'Registration or deregistration failed: too many attempts.'],
  135000: [400, 'Generic user error', 'Message failed to send because of an unknown error with the request parameters.'],
  137000: [400, 'Identity key mismatch', 'The identity key hash does not match.'],
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

/** Codes of being too fast or too many. */
const RATE_CODES = new Set([4, 80007, 130429, 131048, 131056, 133016]);

const UNLISTED: [number, string, string] = [400, 'Unknown error', 'No details.'];

export function isRateCode(code: number): boolean {
  return RATE_CODES.has(code);
}

/** The HTTP status and body of a refusal with this code. */
export function refusal(code: number, details?: string): { httpStatus: number; body: ErrorResponse } {
  const [httpStatus, title, usual] = ERRORS[code] ?? UNLISTED;
  const error_data = { messaging_product: 'whatsapp' as const, details: details ?? usual };
  return {
    httpStatus,
    body: { error: { message: `(#${code}) ${title}`, type: 'OAuthException', code, error_data, fbtrace_id: trace() } },
  };
}

/** A fault of a template that is to be created or changed. Older versions give code 100 and the code itself as a subcode. */
export function templateRefusal(code: number, details: string, isSubcode: boolean): { httpStatus: number; body: ErrorResponse } {
  const codes = isSubcode && code !== 100 ? { code: 100, error_subcode: code } : { code };
  const error = {
    message: `(#${codes.code}) Invalid parameter`,
    type: 'OAuthException',
    ...codes,
    error_data: { messaging_product: 'whatsapp' as const, details },
    is_transient: false,
    error_user_title: 'The template cannot be saved',
    error_user_msg: details,
    fbtrace_id: trace(),
  };
  return { httpStatus: 400, body: { error } };
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

export function trace(): string {
  return `A${Math.random().toString(36).slice(2, 13)}`;
}
