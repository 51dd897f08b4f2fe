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

/** The failure of a message whose file did not get to WhatsApp in the time that an upload has, several times over. */
export const UPLOAD_TOO_SLOW = -3;

/** What is told of it. */
const UPLOAD_TOO_SLOW_HERE = {
  code: MessageFailureCode.UPLOAD_TOO_SLOW,
  metaCode: null,
  title: 'The file took too long to get to WhatsApp, several times over',
  advice: 'Send a smaller file, or send it again when the connection is faster.',
  retryable: true,
};

/** The failure of a message whose file is not in the store any more. */
export const FILE_GONE = -4;

/** What is told of it. */
const FILE_GONE_HERE = {
  code: MessageFailureCode.FILE_GONE,
  metaCode: null,
  title: 'The file is not here any more',
  advice: 'Upload it again and send it anew.',
  retryable: false,
};

const OURS = new Map<number, MessageFailure>([
  [NEVER_REACHED, NEVER_REACHED_META],
  [LIMIT_REACHED, LIMIT_REACHED_HERE],
  [UPLOAD_TOO_SLOW, UPLOAD_TOO_SLOW_HERE],
  [FILE_GONE, FILE_GONE_HERE],
]);

/** The failure behind one of Meta's codes, or behind one of our own. */
export function describeFailure(metaCode: number): MessageFailure {
  const ours = OURS.get(metaCode);
  if (ours) return ours;
  const { code, title, advice, retryable } = failureOf({ code: metaCode });
  return { code: MessageFailureCode[code], metaCode, title, advice, retryable };
}
