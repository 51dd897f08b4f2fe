import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Can } from '../platform/can.ts';
import { Context } from '../platform/context.ts';
import { payload, UserError } from '../platform/user-errors.ts';
import { assignConversation, markConversationRead, reopenConversation, resolveConversation } from './change-conversation.ts';
import { Conversation } from './conversation.ts';

@InputType()
abstract class ConversationInput {
  @Field(() => ID, { description: "The conversation's id." })
  conversationId!: string;
}

@ObjectType()
abstract class ConversationPayload {
  @Field(() => Conversation, { nullable: true, description: 'As it is now.' })
  conversation?: Conversation;

  @Field(() => [UserError], { description: 'Why it was refused.' })
  userErrors!: UserError[];
}

@InputType({ description: 'Which conversation.' })
export class MarkConversationReadInput extends ConversationInput {}

@ObjectType({ description: 'The outcome of markConversationRead.' })
@Can('inbox:read')
export class MarkConversationReadPayload extends ConversationPayload {}

@InputType({ description: 'Which conversation and whose it becomes.' })
export class AssignConversationInput extends ConversationInput {
  @Field(() => ID, { nullable: true, description: 'The member; null for nobody.' })
  memberId?: string | null;
}

@ObjectType({ description: 'The outcome of assignConversation.' })
@Can('inbox:read')
export class AssignConversationPayload extends ConversationPayload {}

@InputType({ description: 'Which conversation.' })
export class ResolveConversationInput extends ConversationInput {}

@ObjectType({ description: 'The outcome of resolveConversation.' })
@Can('inbox:read')
export class ResolveConversationPayload extends ConversationPayload {}

@InputType({ description: 'Which conversation.' })
export class ReopenConversationInput extends ConversationInput {}

@ObjectType({ description: 'The outcome of reopenConversation.' })
@Can('inbox:read')
export class ReopenConversationPayload extends ConversationPayload {}

@Resolver()
export class ChangeConversationResolver {
  @Mutation(() => MarkConversationReadPayload, { description: 'Resets the unread count of the whole team.' })
  @Can('inbox:reply')
  markConversationRead(@Arg('input', () => MarkConversationReadInput) input: MarkConversationReadInput, @Ctx() ctx: Context) {
    return payload(() => markConversationRead(ctx, input));
  }

  @Mutation(() => AssignConversationPayload, { description: 'Gives a conversation to a member, or to nobody.' })
  @Can('inbox:manage')
  assignConversation(@Arg('input', () => AssignConversationInput) input: AssignConversationInput, @Ctx() ctx: Context) {
    return payload(() => assignConversation(ctx, input));
  }

  @Mutation(() => ResolveConversationPayload, {
    description: 'Ends a conversation; a new message within 24 hours opens it again.',
  })
  @Can('inbox:manage')
  resolveConversation(@Arg('input', () => ResolveConversationInput) input: ResolveConversationInput, @Ctx() ctx: Context) {
    return payload(() => resolveConversation(ctx, input));
  }

  @Mutation(() => ReopenConversationPayload, { description: 'Opens a resolved conversation again.' })
  @Can('inbox:manage')
  reopenConversation(@Arg('input', () => ReopenConversationInput) input: ReopenConversationInput, @Ctx() ctx: Context) {
    return payload(() => reopenConversation(ctx, input));
  }
}
