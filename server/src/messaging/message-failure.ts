import { Field, Int, ObjectType } from 'type-graphql';
import { Can } from '../platform/can.ts';
import { failureOf } from '../whatsapp/errors.ts';
import { NEVER_REACHED } from './judge-outcome.ts';
import { MessageFailureCode } from './message-enums.ts';

@ObjectType({ description: 'Why a message failed and what to do about it.' })
@Can('inbox:read')
export class MessageFailure {
  @Field(() => MessageFailureCode, { description: 'For programs.' })
  code!: MessageFailureCode;

  @Field(() => Int, { nullable: true, description: "Meta's code." })
  metaCode!: number | null;

  @Field(() => String, { description: 'What went wrong.' })
  title!: string;

  @Field(() => String, { description: 'What to do.' })
  advice!: string;

  @Field(() => Boolean, { description: 'Whether sending it again may help.' })
  retryable!: boolean;
}

/** What is told of a message that never got to Meta. */
const NEVER_REACHED_META = {
  code: MessageFailureCode.TEMPORARY,
  metaCode: null,
  title: 'It never reached WhatsApp',
  advice: 'Send it again; if it fails once more, tell an administrator.',
  retryable: true,
};

/** The failure of a message whose time came when the messaging limit had no room for it. None of Meta's codes is negative. */
export const LIMIT_REACHED = -2;

/** What is told of it. */
const LIMIT_REACHED_HERE = {
  code: MessageFailureCode.MESSAGING_LIMIT_REACHED,
  metaCode: null,
  title: 'The business had written first to as many people in 24 hours as WhatsApp allows',
  advice: 'Send it again when there is room: the messaging limit of the number says when.',
  retryable: true,
};

/** The failure behind one of Meta's codes, or behind `NEVER_REACHED` or `LIMIT_REACHED`. */
export function describeFailure(metaCode: number): MessageFailure {
  if (metaCode === NEVER_REACHED) return NEVER_REACHED_META;
  if (metaCode === LIMIT_REACHED) return LIMIT_REACHED_HERE;
  const { code, title, advice, retryable } = failureOf({ code: metaCode });
  return { code: MessageFailureCode[code], metaCode, title, advice, retryable };
}
