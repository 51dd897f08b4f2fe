import { Field, ObjectType, registerEnumType } from 'type-graphql';
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
    FORBIDDEN: { description: 'You may not do this.' },
  },
});

/** A rule was broken. Thrown inside a command it rolls the transaction back and comes out as `userErrors`. */
export class RuleBroken extends Error {
  constructor(
    readonly code: keyof typeof UserErrorCode,
    message: string,
    readonly field?: string[],
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
}

/** Runs a command for its payload: a broken rule becomes `userErrors`, anything else stays an error. */
export async function payload<T extends object>(command: () => Promise<T>): Promise<Partial<T> & { userErrors: UserError[] }> {
  try {
    return { ...(await command()), userErrors: [] };
  } catch (error) {
    if (!(error instanceof RuleBroken)) throw error;
    return {
      userErrors: [{ code: UserErrorCode[error.code], message: error.message, ...(error.field && { field: error.field }) }],
    } as never;
  }
}
