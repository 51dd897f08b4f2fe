import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Can } from '../platform/can.ts';
import { Context } from '../platform/context.ts';
import { Cursor, PhoneNumber } from '../platform/scalars.ts';
import { payload, UserError } from '../platform/user-errors.ts';
import { Message } from './message.ts';
import { retryMessage } from './retry-message.ts';
import { sendMessage } from './send-message.ts';

@InputType({ description: 'A message to send. Give a conversation, or a phone and one of your numbers.' })
export class SendMessageInput {
  @Field(() => ID, { nullable: true, description: 'Answer in this conversation.' })
  conversationId?: string;

  @Field(() => PhoneNumber, { nullable: true, description: 'Or write to this phone, with the country code.' })
  to?: string;

  @Field(() => ID, { nullable: true, description: 'The number of yours that writes, together with `to`.' })
  whatsappNumberId?: string;

  @Field(() => String, { nullable: true, description: 'Up to 4,096 characters.' })
  text?: string;

  @Field(() => ID, { nullable: true, description: 'The message it answers, shown as a quote.' })
  replyToId?: string;

  @Field(() => ID, {
    description: 'Made by you, one for each message: repeated with it, the same message is not sent twice. Kept 24 hours.',
  })
  idempotencyKey!: string;

  @Field(() => Cursor, {
    nullable: true,
    description: 'The newest event you have seen: refused with CONVERSATION_MOVED when somebody wrote after it.',
  })
  lastSeen?: string;
}

@InputType({ description: 'A failed message to send again.' })
export class RetryMessageInput {
  @Field(() => ID, { description: "The message's id." })
  messageId!: string;

  @Field(() => ID, { description: 'Made by you: repeated with it, there is one new attempt.' })
  idempotencyKey!: string;
}

@ObjectType({ description: 'The outcome of sending.' })
@Can('inbox:read')
export class SendMessagePayload {
  @Field(() => Message, { nullable: true, description: 'The message, as it stands in the queue.' })
  message?: Message;

  @Field(() => [UserError], { description: 'Why it was refused.' })
  userErrors!: UserError[];
}

@ObjectType({ description: 'The outcome of sending again.' })
@Can('inbox:read')
export class RetryMessagePayload {
  @Field(() => Message, { nullable: true, description: 'The message with its new attempt.' })
  message?: Message;

  @Field(() => [UserError], { description: 'Why it was refused.' })
  userErrors!: UserError[];
}

@Resolver()
export class SendMessageResolver {
  @Mutation(() => SendMessagePayload, {
    description: 'Sends a message. The answer comes when it is safely queued; its status arrives by subscription.',
  })
  @Can('inbox:reply')
  sendMessage(@Arg('input', () => SendMessageInput) input: SendMessageInput, @Ctx() ctx: Context) {
    return payload(() => sendMessage(ctx, input));
  }

  @Mutation(() => RetryMessagePayload, { description: 'Sends a failed message again, as a new attempt on the same message.' })
  @Can('inbox:reply')
  retryMessage(@Arg('input', () => RetryMessageInput) input: RetryMessageInput, @Ctx() ctx: Context) {
    return payload(() => retryMessage(ctx, input));
  }
}
