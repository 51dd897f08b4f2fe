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
registerEnumType(UserErrorCode, { name: 'UserErrorCode', description: 'Why a command was refused.' });

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
