import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { ApiKey } from '../identity/api-key.ts';
import { memberFaces } from '../identity/member-faces.ts';
import { Member } from '../identity/member.ts';
import { Can } from '../platform/can.ts';
import { Context } from '../platform/context.ts';
import { findById } from '../platform/find-by-id.ts';
import type { Loader } from '../platform/loading.ts';
import type { Page } from '../platform/pages.ts';
import { Conversation } from '../conversations/conversation.ts';
import { conversationsById } from '../conversations/conversations-by-id.ts';
import { Actor, ActorKind } from './actor.ts';
import { listAllMessages } from './list-all-messages.ts';
import { type MessagesWanted, listMessages } from './list-messages.ts';
import { statusNow } from './outgoing/expiry.ts';
import { MessageConnection } from './message-connection.ts';
import { describeFailure, MessageFailure } from './message-failure.ts';
import { MessageKind, MessageStatus } from './message-enums.ts';
import { MessageStatusChange, timelinesOf } from './message-timeline.ts';
import { messagesById, type MessageRow } from './messages-by-id.ts';
import { Message } from './message.ts';

const membersById: Loader<string, Member | null> = {
  name: 'membersById',
  load: async (ctx, ids) => {
    const byId = new Map(
      (await (await ctx.reading()).find(Member, { id: { $in: [...ids] } })).map((member) => [member.id, member]),
    );
    return ids.map((id) => byId.get(id) ?? null);
  },
};

const apiKeysById: Loader<string, ApiKey | null> = {
  name: 'apiKeysById',
  load: async (ctx, ids) => {
    const byId = new Map((await (await ctx.reading()).find(ApiKey, { id: { $in: [...ids] } })).map((key) => [key.id, key]));
    return ids.map((id) => byId.get(id) ?? null);
  },
};

@Resolver(() => Message)
export class MessageResolver {
  @Query(() => Message, { nullable: true, description: 'One message; null if there is none with this id.' })
  @Can('inbox:read')
  async message(
    @Ctx() ctx: Context,
    @Arg('id', () => ID, { description: "The message's id." }) id: string,
  ): Promise<Message | null> {
    return findById(await ctx.reading(), Message, id);
  }

  @Query(() => MessageConnection, { description: 'Messages of all conversations, newest first.' })
  @Can('inbox:read')
  messages(
    @Ctx() ctx: Context,
    @Arg('kinds', () => [MessageKind], { nullable: true, description: 'Only of these kinds; without it, all but reactions.' })
    kinds?: MessageKind[],
    @Arg('whatsappNumberId', () => ID, { nullable: true, description: 'Only on this number of yours.' })
    whatsappNumberId?: string,
    @Arg('first', () => Int, { defaultValue: 25, nullable: true, description: 'From 1 to 100.' }) first?: number,
    @Arg('after', () => String, { nullable: true, description: 'The `endCursor` of the page before.' }) after?: string,
  ): Promise<Page<Message>> {
    return listAllMessages(ctx, { kinds, whatsappNumberId, first, after });
  }

  @FieldResolver(() => MessageStatus, { description: 'How far it has come, as far as is known now.' })
  status(@Root() message: MessageRow, @Ctx() ctx: Context): MessageStatus {
    return statusNow(message, ctx.services.clock.now());
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether WhatsApp looks at the quality of its template before it delivers it: it may drop the message yet.',
  })
  isAssessed(@Root() message: MessageRow): boolean {
    return message.isAssessed && message.status === MessageStatus.ACCEPTED;
  }

  @FieldResolver(() => String, { nullable: true, description: 'What it says; null for those who may not read texts.' })
  @Can('messages:text')
  text(@Root() message: MessageRow, @Ctx() ctx: Context): string | null | Promise<string> {
    return message.body && ctx.open('message', 'body', message.id, message.body);
  }

  @FieldResolver(() => Conversation, { description: 'The conversation it stands in.' })
  async conversation(@Root() message: MessageRow, @Ctx() ctx: Context): Promise<Conversation> {
    return (await ctx.load(conversationsById, message.conversation.id)) as Conversation;
  }

  @FieldResolver(() => [MessageStatusChange], {
    description: 'Every status of the latest attempt with its time, implied ones marked.',
  })
  timeline(@Root() message: MessageRow, @Ctx() ctx: Context): Promise<MessageStatusChange[]> {
    return ctx.load(timelinesOf, message.id);
  }

  @FieldResolver(() => MessageFailure, { nullable: true, description: 'Why it failed, while that is what is known.' })
  failure(@Root() message: MessageRow): MessageFailure | null {
    return message.status === MessageStatus.FAILED && message.failureCode !== null ? describeFailure(message.failureCode) : null;
  }

  @FieldResolver(() => Actor, { nullable: true, description: 'Who wrote it; null for the customer.' })
  async author(@Root() message: MessageRow, @Ctx() ctx: Context): Promise<Actor | null> {
    if (message.authorMemberId) {
      const member = await ctx.load(membersById, message.authorMemberId);
      return member && { kind: ActorKind.MEMBER, id: member.id, name: (await ctx.load(memberFaces, member.userId)).name };
    }
    if (message.isEcho) return { kind: ActorKind.PHONE_APP, id: null, name: 'WhatsApp Business' };
    if (!message.authorApiKeyId) return null;
    const key = await ctx.load(apiKeysById, message.authorApiKeyId);
    return key && { kind: ActorKind.API_KEY, id: key.id, name: key.name };
  }

  @FieldResolver(() => Message, { nullable: true, description: 'The message it answers.' })
  async replyTo(@Root() message: MessageRow, @Ctx() ctx: Context): Promise<MessageRow | null> {
    return message.replyTo && ctx.load(messagesById, message.replyTo.id);
  }
}

@Resolver(() => Conversation)
export class ConversationMessagesResolver {
  @FieldResolver(() => Message, { nullable: true, description: 'What was said last.' })
  @Can('inbox:read')
  async lastMessage(@Root() conversation: Conversation, @Ctx() ctx: Context): Promise<MessageRow | null> {
    return conversation.lastMessageId ? ctx.load(messagesById, conversation.lastMessageId) : null;
  }

  @FieldResolver(() => MessageConnection, {
    description:
      'Its messages, oldest first: without arguments the last 50. `before` goes up from there, `after` goes on from a place. Take `first` and `after`, or `last` and `before`; a mixture is refused with BAD_USER_INPUT.',
  })
  @Can('inbox:read')
  messages(
    @Root() conversation: Conversation,
    @Ctx() ctx: Context,
    @Arg('first', () => Int, {
      nullable: true,
      description: 'So many from the beginning, or after `after`: 50 unless said, 100 at most.',
    })
    first?: number,
    @Arg('after', () => String, { nullable: true, description: 'An `endCursor`: go on after it. Not with `last` or `before`.' })
    after?: string,
    @Arg('last', () => Int, {
      nullable: true,
      description: 'So many from the end, or before `before`: 50 unless said, 100 at most.',
    })
    last?: number,
    @Arg('before', () => String, { nullable: true, description: 'A `startCursor`: go up from it. Not with `first` or `after`.' })
    before?: string,
    @Arg('kinds', () => [MessageKind], {
      nullable: true,
      description: 'Only messages of these kinds; without it, all but reactions, which are shown on their messages.',
    })
    kinds?: MessageKind[],
  ): Promise<Page<Message>> {
    const wanted: MessagesWanted = { first, after, last, before, kinds };
    return listMessages(ctx, conversation, wanted);
  }
}
