import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Can } from '../platform/can.ts';
import { Context } from '../platform/context.ts';
import { payload, UserError } from '../platform/user-errors.ts';
import { Message } from './message.ts';
import { SendMessageInput } from './outgoing/send-message-input.ts';
import { retryMessage, retryMessages } from './retry-message.ts';
import { sendMessage } from './send-message.ts';

@InputType({ description: 'A failed message to send again.' })
export class RetryMessageInput {
  @Field(() => ID, { description: "The message's id." })
  messageId!: string;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Of an UNCONFIRMED message: you know that the customer may have it already, and get it twice.',
  })
  mayHaveBeenSent?: boolean;

  @Field(() => ID, { description: 'Made by you: repeated with it, there is one new attempt.' })
  idempotencyKey!: string;
}

@InputType({ description: 'Failed messages to send again.' })
export class RetryMessagesInput {
  @Field(() => [ID], { description: 'Up to 100 ids of messages.' })
  messageIds!: string[];

  @Field(() => Boolean, {
    nullable: true,
    description: 'Of UNCONFIRMED messages: you know that customers may have them already, and get them twice.',
  })
  mayHaveBeenSent?: boolean;

  @Field(() => ID, { description: 'Made by you: repeated with it, there is one new attempt of each.' })
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

@ObjectType({ description: 'The outcome of sending many again.' })
@Can('inbox:read')
export class RetryMessagesPayload {
  @Field(() => [Message], { nullable: true, description: 'Those of them that are in the queue now.' })
  messages?: Message[];

  @Field(() => [UserError], { description: 'Why some were refused: `field` ends in their place in `messageIds`.' })
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

  @Mutation(() => RetryMessagesPayload, {
    description: 'Sends many failed messages again; those that cannot be hold up none of the others.',
  })
  @Can('inbox:reply')
  retryMessages(@Arg('input', () => RetryMessagesInput) input: RetryMessagesInput, @Ctx() ctx: Context) {
    return payload(() => retryMessages(ctx, input));
  }
}
