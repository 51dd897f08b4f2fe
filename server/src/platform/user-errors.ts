import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Can } from './can.ts';

/** Rules a user can break. Faults of the system are GraphQL errors instead. */
export enum UserErrorCode {
  NOT_FOUND = 'NOT_FOUND',
  BAD_INPUT = 'BAD_INPUT',
  BAD_CREDENTIALS = 'BAD_CREDENTIALS',
  RATE_LIMITED = 'RATE_LIMITED',
  WINDOW_CLOSED = 'WINDOW_CLOSED',
  TEXT_TOO_LONG = 'TEXT_TOO_LONG',
  IDEMPOTENCY_MISMATCH = 'IDEMPOTENCY_MISMATCH',
  CONVERSATION_MOVED = 'CONVERSATION_MOVED',
  NOT_RETRYABLE = 'NOT_RETRYABLE',
  MEDIA_TOO_LARGE = 'MEDIA_TOO_LARGE',
  MEDIA_TYPE_NOT_ALLOWED = 'MEDIA_TYPE_NOT_ALLOWED',
  MEDIA_NOT_READY = 'MEDIA_NOT_READY',
  TEMPLATE_NOT_APPROVED = 'TEMPLATE_NOT_APPROVED',
  TEMPLATE_VALUES_WRONG = 'TEMPLATE_VALUES_WRONG',
  TEMPLATE_LOCKED = 'TEMPLATE_LOCKED',
  MESSAGING_LIMIT_REACHED = 'MESSAGING_LIMIT_REACHED',
  OPTED_OUT = 'OPTED_OUT',
  NUMBER_UNAVAILABLE = 'NUMBER_UNAVAILABLE',
  NUMBER_TAKEN = 'NUMBER_TAKEN',
  PIN_NEEDED = 'PIN_NEEDED',
  PIN_WRONG = 'PIN_WRONG',
  PIN_LOCKED = 'PIN_LOCKED',
  PIN_TOO_FAST = 'PIN_TOO_FAST',
  NUMBER_NOT_VERIFIED = 'NUMBER_NOT_VERIFIED',
  REGISTRATION_TOO_SOON = 'REGISTRATION_TOO_SOON',
  REGISTRATION_LIMIT_REACHED = 'REGISTRATION_LIMIT_REACHED',
  META_REFUSED = 'META_REFUSED',
  META_UNREACHABLE = 'META_UNREACHABLE',
  NO_ADDRESS = 'NO_ADDRESS',
  PHONE_NEEDED = 'PHONE_NEEDED',
  TOO_LATE = 'TOO_LATE',
  BAD_TIME = 'BAD_TIME',
  MERGE_CONFLICT = 'MERGE_CONFLICT',
  FORBIDDEN = 'FORBIDDEN',
}
registerEnumType(UserErrorCode, {
  name: 'UserErrorCode',
  description: 'Why a command was refused.',
  valuesConfig: {
    NOT_FOUND: { description: 'There is no such thing, or it is not yours.' },
    BAD_INPUT: { description: 'An input breaks a rule that its type cannot say.' },
    BAD_CREDENTIALS: { description: 'The e-mail or the password is wrong.' },
    RATE_LIMITED: { description: 'This was tried too often; wait a while.' },
    WINDOW_CLOSED: { description: "More than 24 hours passed since the customer's last message." },
    TEXT_TOO_LONG: { description: 'WhatsApp takes no text of this length.' },
    IDEMPOTENCY_MISMATCH: { description: 'The idempotency key was used with another input.' },
    CONVERSATION_MOVED: { description: 'Somebody wrote what the sender has not seen.' },
    NOT_RETRYABLE: { description: 'Sending it again would not help, or might send it twice.' },
    MEDIA_TOO_LARGE: { description: 'WhatsApp takes no file of this size.' },
    MEDIA_TYPE_NOT_ALLOWED: { description: 'WhatsApp takes no file of this type in such a message.' },
    MEDIA_NOT_READY: { description: 'The file is not here yet, or is gone.' },
    TEMPLATE_NOT_APPROVED: { description: 'Only an approved template can be sent.' },
    TEMPLATE_VALUES_WRONG: { description: 'A variable, button or header of the template is missing or too long.' },
    TEMPLATE_LOCKED: { description: 'WhatsApp does not let this template be changed now.' },
    MESSAGING_LIMIT_REACHED: { description: 'The business may not begin more conversations for now.' },
    OPTED_OUT: { description: 'The customer wants no such messages.' },
    NUMBER_UNAVAILABLE: { description: 'The number is paused or no longer connected.' },
    NUMBER_TAKEN: { description: 'The number is connected already.' },
    PIN_NEEDED: { description: 'WhatsApp has the number, but not registered: its PIN is needed for that.' },
    PIN_WRONG: { description: "This is not the PIN of the number's two-step verification." },
    PIN_LOCKED: { description: 'Too many wrong PINs were tried; wait as long as WhatsApp says.' },
    PIN_TOO_FAST: { description: 'The PIN was tried again too fast; wait a minute.' },
    NUMBER_NOT_VERIFIED: { description: 'The number has to be verified by a code first, in WhatsApp Manager.' },
    REGISTRATION_TOO_SOON: { description: 'The number was deleted a moment ago; wait five minutes.' },
    REGISTRATION_LIMIT_REACHED: { description: 'The number was registered ten times in 72 hours; wait that long.' },
    META_REFUSED: { description: 'WhatsApp refused it; the message says why.' },
    META_UNREACHABLE: { description: 'WhatsApp cannot be reached; try again in a while.' },
    NO_ADDRESS: { description: 'There is no number or user id to write to.' },
    PHONE_NEEDED: { description: 'A one-time code goes to a phone number only, and of this customer none is known.' },
    TOO_LATE: { description: 'It is too late to change this.' },
    BAD_TIME: { description: 'The time is past, or too far away.' },
    MERGE_CONFLICT: { description: 'These contacts cannot be joined, or no longer be parted.' },
    FORBIDDEN: { description: 'You may not do this.' },
  },
});

/** A rule was broken. Thrown inside a command it rolls the transaction back and comes out as `userErrors`. */
export class RuleBroken extends Error {
  constructor(
    readonly code: keyof typeof UserErrorCode,
    message: string,
    readonly field?: string[],
    /** Of META_REFUSED: Meta's own code. */
    readonly metaCode?: number,
  ) {
    super(message);
  }
}

@ObjectType({ description: 'Why a command was refused, in words for its user.' })
@Can('anyone')
export class UserError {
  @Field(() => UserErrorCode, { description: 'For programs.' })
  code!: UserErrorCode;

  @Field(() => String, { description: 'For people.' })
  message!: string;

  @Field(() => [String], { nullable: true, description: 'The path of the input field it is about.' })
  field?: string[];

  @Field(() => Int, { nullable: true, description: "Meta's code, where WhatsApp refused it." })
  metaCode?: number;
}

/**
 * Runs a command for its payload: a broken rule becomes `userErrors`, anything else stays an error. A command about many things may name those that it refused
 * itself.
 */
export async function payload<T extends object>(command: () => Promise<T>): Promise<Partial<T> & { userErrors: UserError[] }> {
  try {
    return { userErrors: [], ...(await command()) };
  } catch (error) {
    if (!(error instanceof RuleBroken)) throw error;
    const { code, message, field, metaCode } = error;
    return {
      userErrors: [{ code: UserErrorCode[code], message, ...(field && { field }), ...(metaCode !== undefined && { metaCode }) }],
    } as never;
  }
}
