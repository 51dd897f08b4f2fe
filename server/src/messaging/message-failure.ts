import { Field, Int, ObjectType } from 'type-graphql';
import { Can } from '../platform/can.ts';
import { failureOf } from '../whatsapp/errors.ts';
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

/** The failure behind one of Meta's codes; 0 stands for a request that never reached Meta. */
export function describeFailure(metaCode: number): MessageFailure {
  const { code, title, advice, retryable } = failureOf({ code: metaCode });
  return { code: MessageFailureCode[code], metaCode: metaCode || null, title, advice, retryable };
}
