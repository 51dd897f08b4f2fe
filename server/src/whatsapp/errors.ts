/** Why a message failed, as the API tells it. */
export type MessageFailureCode =
  | 'BAD_CONTENT'
  | 'MARKETING_CAP'
  | 'MEDIA'
  | 'NUMBER_STOPPED'
  | 'OPTED_OUT'
  | 'PAIR_RATE_LIMITED'
  | 'RATE_LIMITED'
  | 'SPAM_RATE'
  | 'TEMPLATE'
  | 'TEMPORARY'
  | 'TOKEN'
  | 'UNDELIVERABLE'
  | 'UNKNOWN'
  | 'WINDOW_CLOSED';

/**
 * What the sender does: `retry` with back-off, `slow-number`, `delay-pair` (number and customer), `pause-number` with one alert and
 * the queue kept, `stop-campaigns` of the number, record an `opt-out`, `mark-address`, or nothing more (`final`).
 */
export type FailureAct =
  'retry' | 'slow-number' | 'delay-pair' | 'pause-number' | 'stop-campaigns' | 'opt-out' | 'mark-address' | 'final';

export interface Failure {
  code: MessageFailureCode;
  /** Plain English for the one who wrote the message. */
  title: string;
  advice: string;
  /** Whether a person may send it once more as it is. */
  retryable: boolean;
  act: FailureAct;
}

type Row = [codes: number[], code: MessageFailureCode, act: FailureAct, retryable: boolean, title: string, advice: string];

const NEW_TOKEN = 'An administrator has to connect the number to WhatsApp again; waiting messages are kept.';
const REGISTER = 'An administrator has to register the number with its PIN; waiting messages are kept.';
const FIX_TEMPLATE = 'Check the template and its values, then send it anew.';
const FIX_PARTS = 'Change the template and submit it again.';
const ASK_META = 'An administrator finds the reason in WhatsApp Manager; waiting messages are kept.';

// Meta's codes, from its table of December 2025 and its changelog since.
const ROWS: Row[] = [
  [[0, 190], 'TOKEN', 'pause-number', true, 'WhatsApp refused our access token', NEW_TOKEN],
  [[3, 10, 131005], 'TOKEN', 'pause-number', true, 'WhatsApp refused us permission', NEW_TOKEN],
  [[1, 2, 131000, 131016], 'TEMPORARY', 'retry', true, 'WhatsApp had a fault', 'Send it again in a while.'],
  [[133004], 'TEMPORARY', 'retry', true, 'WhatsApp is not available', 'Send it again in a while.'],
  [[131057], 'TEMPORARY', 'retry', true, 'WhatsApp is upgrading this number', 'Send it again in a minute.'],
  [[4, 80007, 130429], 'RATE_LIMITED', 'slow-number', true, 'Too many messages at once', 'Send it again in a minute.'],
  [[131056], 'PAIR_RATE_LIMITED', 'delay-pair', true, 'Too many messages to this customer', 'Wait a minute, then send it again.'],
  [
    [131048],
    'SPAM_RATE',
    'stop-campaigns',
    true,
    'Too many people blocked or reported this number',
    'Pause campaigns until its quality recovers.',
  ],
  [[131064], 'NUMBER_STOPPED', 'stop-campaigns', false, 'WhatsApp has blocked templates of this account', ASK_META],
  [
    [131049],
    'MARKETING_CAP',
    'final',
    true,
    'This customer gets no more marketing for now',
    'Wait at least 24 hours before you send it again.',
  ],
  [
    [131050],
    'OPTED_OUT',
    'opt-out',
    false,
    'This customer has stopped marketing messages',
    'Write only about their own orders and questions.',
  ],
  [
    [131047],
    'WINDOW_CLOSED',
    'final',
    false,
    'The last message of this customer is over 24 hours old',
    'Send a template instead.',
  ],
  [
    [131026],
    'UNDELIVERABLE',
    'mark-address',
    false,
    'This customer cannot be reached on WhatsApp',
    'Check the number, or reach them another way.',
  ],
  [
    [130472],
    'UNDELIVERABLE',
    'final',
    false,
    'WhatsApp held this message back as part of a test',
    'Reach this customer another way.',
  ],
  [[130403], 'UNDELIVERABLE', 'final', false, 'You have blocked this customer', 'Unblock them first.'],
  [
    [137000],
    'UNDELIVERABLE',
    'final',
    false,
    'This customer changed their phone or WhatsApp',
    'Make sure it is still them, then write anew.',
  ],
  [[131062], 'UNDELIVERABLE', 'final', false, 'A code can only be sent to a phone number', 'Ask this customer for their number.'],
  [
    [131042],
    'NUMBER_STOPPED',
    'pause-number',
    true,
    'WhatsApp has no valid means of payment',
    'An administrator has to settle the payment with Meta.',
  ],
  [[368, 131031], 'NUMBER_STOPPED', 'pause-number', true, 'WhatsApp has locked this account', ASK_META],
  [[130497], 'NUMBER_STOPPED', 'pause-number', true, 'This account may not write to that country', ASK_META],
  [[131037], 'NUMBER_STOPPED', 'pause-number', true, 'The name of this number is not approved yet', ASK_META],
  [[131045, 133000, 133010], 'NUMBER_STOPPED', 'pause-number', true, 'This number is not registered', REGISTER],
  [[33], 'NUMBER_STOPPED', 'final', false, 'WhatsApp no longer knows this number', ASK_META],
  [
    [133005, 133006, 133008, 133009, 133015, 133016],
    'NUMBER_STOPPED',
    'final',
    false,
    'This number could not be registered',
    ASK_META,
  ],
  [[131021], 'BAD_CONTENT', 'final', false, 'A number cannot write to itself', 'Choose another recipient.'],
  [
    [100, 131008, 131009, 135000],
    'BAD_CONTENT',
    'final',
    false,
    'WhatsApp did not accept this message',
    'Change it and send it anew.',
  ],
  [[131051, 131055], 'BAD_CONTENT', 'final', false, 'WhatsApp does not take this kind of message', 'Send it in another form.'],
  [[131053], 'MEDIA', 'final', false, 'WhatsApp could not read the file', 'Check its type and size, then send it anew.'],
  [[131052], 'MEDIA', 'final', false, 'WhatsApp could not hand on the file', 'Ask the customer to send it once more.'],
  [[132000], 'TEMPLATE', 'final', false, 'The template was given too few or too many values', FIX_TEMPLATE],
  [[132001], 'TEMPLATE', 'final', false, 'WhatsApp has no approved template of this name in this language', FIX_TEMPLATE],
  [[132005], 'TEMPLATE', 'final', false, 'With its values the template is too long', FIX_TEMPLATE],
  [[132007], 'TEMPLATE', 'final', false, 'The template breaks a rule of WhatsApp', 'Choose another template.'],
  [[132012, 132018], 'TEMPLATE', 'final', false, 'A value of the template has the wrong form', FIX_TEMPLATE],
  [[132015], 'TEMPLATE', 'final', false, 'WhatsApp has paused this template', 'Choose another template.'],
  [[132016], 'TEMPLATE', 'final', false, 'WhatsApp has disabled this template', 'Choose another template.'],
  [[132068, 132069], 'TEMPLATE', 'final', false, 'The form of this template cannot be opened', FIX_TEMPLATE],
  [[131063, 134100, 134101, 134102], 'TEMPLATE', 'final', false, 'The template was not accepted', FIX_TEMPLATE],
  [[2388019], 'TEMPLATE', 'final', false, 'The account has as many templates as it may have', 'Delete some that nobody needs.'],
  [
    [2388040, 2388047, 2388072, 2388073],
    'TEMPLATE',
    'final',
    false,
    'A part of the template is too long or malformed',
    FIX_PARTS,
  ],
  [[2388023], 'TEMPLATE', 'final', false, 'A deleted template keeps its name for 30 days', 'Choose another name.'],
  [[2388024], 'TEMPLATE', 'final', false, 'There is a template of this name in this language', 'Choose another name.'],
  [[2388043], 'TEMPLATE', 'final', false, 'A part of the template is missing', FIX_PARTS],
  [[2388293], 'TEMPLATE', 'final', false, 'The template has too many variables for its text', FIX_PARTS],
  [[2388299], 'TEMPLATE', 'final', false, 'The template begins or ends with a variable', FIX_PARTS],
];

const BY_CODE = new Map<number, Failure>(
  ROWS.flatMap(([codes, code, act, retryable, title, advice]) => {
    const failure: Failure = Object.freeze({ code, title, advice, retryable, act });
    return codes.map((meta) => [meta, failure] as const);
  }),
);

/** Every code of Meta's that has a meaning here, but for 200 to 299, which mean what 10 does. */
export const KNOWN_CODES: readonly number[] = [...BY_CODE.keys()];

const UNKNOWN: Failure = Object.freeze({
  code: 'UNKNOWN',
  title: 'WhatsApp refused this message',
  advice: 'Send it again; if it fails once more, tell an administrator.',
  retryable: true,
  act: 'final',
});

/**
 * What a fault of Meta means and asks for. `code` is Meta's, or null when a refusal carried none (then only the HTTP status speaks:
 * 429 slows the number). An unknown code is final unless Meta calls it transient.
 */
export function failureOf(error: { code: number | null; httpStatus?: number; transient?: boolean }): Failure {
  const known = error.code === null ? (error.httpStatus === 429 ? 130429 : undefined) : error.code;
  if (known !== undefined && known >= 200 && known <= 299) return ofCode(10);
  const row = known === undefined ? undefined : BY_CODE.get(known);
  return row ?? (error.transient ? ofCode(131000) : UNKNOWN);
}

/** Faults of Meta's own, with which it may have queued the message all the same. (131057 is none: a number that is upgraded takes nothing.) */
const OWN_FAULTS = new Set([2, 131000, 131016, 133004]);

/** Whether Meta may have taken a request that it answered with this error: with an HTTP 5xx for a fault of its own, or for no reason we know. */
export function mayBeTaken({ code, httpStatus }: { code: number | null; httpStatus: number }): boolean {
  return httpStatus >= 500 && (code === null || OWN_FAULTS.has(code) || failureOf({ code }) === UNKNOWN);
}

function ofCode(code: number): Failure {
  return BY_CODE.get(code) ?? UNKNOWN;
}
