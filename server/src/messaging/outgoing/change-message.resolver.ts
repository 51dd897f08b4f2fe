import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Conversation } from '../../conversations/conversation.ts';
import { Can } from '../../platform/can.ts';
import { Context } from '../../platform/context.ts';
import { DateTime } from '../../platform/scalars.ts';
import { payload, UserError } from '../../platform/user-errors.ts';
import { Message } from '../message.ts';
import { cancelMessage } from './cancel-message.ts';
import { releaseMessage } from './release-message.ts';
import { rescheduleMessage } from './reschedule-message.ts';
import { showTyping } from './show-typing.ts';

@InputType()
abstract class MessageInput {
  @Field(() => ID, { description: "The message's id." })
  messageId!: string;
}

@ObjectType()
abstract class MessagePayload {
  @Field(() => Message, { nullable: true, description: 'As it is now.' })
  message?: Message;

  @Field(() => [UserError], { description: 'Why it was refused.' })
  userErrors!: UserError[];
}

@InputType({ description: 'A message that has not been sent yet.' })
export class CancelMessageInput extends MessageInput {}

@ObjectType({ description: 'The outcome of cancelMessage.' })
@Can('inbox:read')
export class CancelMessagePayload extends MessagePayload {}

@InputType({ description: 'A message that is held for a review.' })
export class ReleaseMessageInput extends MessageInput {}

@ObjectType({ description: 'The outcome of releaseMessage.' })
@Can('inbox:read')
export class ReleaseMessagePayload extends MessagePayload {}

@InputType({ description: 'A message that waits, and its new time.' })
export class RescheduleMessageInput extends MessageInput {
  @Field(() => DateTime, { nullable: true, description: 'When it is to go out; without it, at once.' })
  scheduledAt?: Date;

  @Field(() => String, { nullable: true, description: 'The time zone in which `scheduledAt` was chosen.' })
  timeZone?: string;
}

@ObjectType({ description: 'The outcome of rescheduleMessage.' })
@Can('inbox:read')
export class RescheduleMessagePayload extends MessagePayload {}

@InputType({ description: 'A conversation in which somebody writes.' })
export class ShowTypingInput {
  @Field(() => ID, { description: "The conversation's id." })
  conversationId!: string;
}

@ObjectType({ description: 'The outcome of showTyping.' })
@Can('inbox:read')
export class ShowTypingPayload {
  @Field(() => Conversation, { nullable: true, description: 'As it is now.' })
  conversation?: Conversation;

  @Field(() => [UserError], { description: 'Why it was refused.' })
  userErrors!: UserError[];
}

@Resolver()
export class ChangeMessageResolver {
  @Mutation(() => CancelMessagePayload, {
    description: 'Stops a message that is scheduled, held or queued. Refused with TOO_LATE once it is on its way.',
  })
  @Can('inbox:reply')
  cancelMessage(@Arg('input', () => CancelMessageInput) input: CancelMessageInput, @Ctx() ctx: Context) {
    return payload(() => cancelMessage(ctx, input));
  }

  @Mutation(() => ReleaseMessagePayload, { description: 'Lets a held message go: now, or at its time.' })
  @Can('inbox:manage')
  releaseMessage(@Arg('input', () => ReleaseMessageInput) input: ReleaseMessageInput, @Ctx() ctx: Context) {
    return payload(() => releaseMessage(ctx, input));
  }

  @Mutation(() => RescheduleMessagePayload, { description: 'Gives a scheduled or held message another time, or none.' })
  @Can('inbox:reply')
  rescheduleMessage(@Arg('input', () => RescheduleMessageInput) input: RescheduleMessageInput, @Ctx() ctx: Context) {
    return payload(() => rescheduleMessage(ctx, input));
  }

  @Mutation(() => ShowTypingPayload, {
    description:
      'Shows the customer that somebody writes, for 25 seconds or until a message comes. Once in 20 seconds; more often it does nothing.',
  })
  @Can('inbox:reply')
  showTyping(@Arg('input', () => ShowTypingInput) input: ShowTypingInput, @Ctx() ctx: Context) {
    return payload(() => showTyping(ctx, input));
  }
}
