import {
  Arg,
  Ctx,
  Extensions,
  Field,
  FieldResolver,
  ID,
  ObjectType,
  Resolver,
  Root,
  Subscription,
  registerEnumType,
} from 'type-graphql';
import { Conversation } from '../conversations/conversation.ts';
import { conversationsById } from '../conversations/conversations-by-id.ts';
import { rowOf } from '../events/delivery-context.ts';
import type { LogEvent } from '../events/read-log.ts';
import { byTheHub, shows } from '../events/subscription.ts';
import { Can } from '../platform/can.ts';
import { Context } from '../platform/context.ts';
import { Cursor, DateTime } from '../platform/scalars.ts';
import { MessageStatus } from './message-enums.ts';
import { messagesById, type MessageRow } from './messages-by-id.ts';
import { Message } from './message.ts';
import { statusNow } from './outgoing/expiry.ts';

export enum MessageChange {
  CREATED = 'CREATED',
  STATUS_CHANGED = 'STATUS_CHANGED',
  UPDATED = 'UPDATED',
}
registerEnumType(MessageChange, {
  name: 'MessageChange',
  description: 'What happened to a message.',
  valuesConfig: {
    CREATED: { description: 'It was received or written.' },
    STATUS_CHANGED: { description: 'It advanced.' },
    UPDATED: { description: 'It changed in another way.' },
  },
});

const CHANGES: Record<string, MessageChange> = {
  MESSAGE_CREATED: MessageChange.CREATED,
  MESSAGE_STATUS: MessageChange.STATUS_CHANGED,
  MESSAGE_UPDATED: MessageChange.UPDATED,
};

@ObjectType({ description: 'Something happened to a message.' })
@Can('inbox:read')
export class MessageChanged {
  @Field(() => Cursor, { description: 'Its place in the log: subscribe `after` it to go on from here.' })
  cursor!: string;

  @Field(() => DateTime, { description: 'When it happened.' })
  at!: Date;
}

@ObjectType({ description: 'Something happened to a conversation, or to a message in it.' })
@Can('inbox:read')
export class ConversationChanged {
  @Field(() => Cursor, { description: 'Its place in the log: subscribe `after` it to go on from here.' })
  cursor!: string;

  @Field(() => DateTime, { description: 'When it happened.' })
  at!: Date;
}

@Resolver(() => MessageChanged)
export class MessageChangedResolver {
  @Subscription(() => MessageChanged, {
    ...byTheHub,
    description: 'Messages as they come, advance and change; with `after`, first all that came since.',
  })
  @Can('inbox:read')
  @Extensions({
    wants: (event: LogEvent, { conversationId }: { conversationId?: string | null }) =>
      event.kind in CHANGES && (!conversationId || event.conversationId === conversationId),
  })
  messageChanged(
    @Root() event: LogEvent,
    @Arg('after', () => Cursor, { nullable: true, description: 'Go on after this place; without it, from now.' }) _after?: string,
    @Arg('conversationId', () => ID, { nullable: true, description: 'Only messages of this conversation.' })
    _conversationId?: string,
  ): LogEvent {
    return event;
  }

  @FieldResolver(() => MessageChange, { description: 'What happened.' })
  change(@Root() event: LogEvent): MessageChange {
    return CHANGES[event.kind] as MessageChange;
  }

  @FieldResolver(() => MessageStatus, {
    nullable: true,
    description:
      'The status it reached by this event; `message.status` may be further already. Of a message that changed in another way, its status as it is now: null once it was erased.',
  })
  @Extensions(shows(messagesById, (event) => (event.status === null ? event.subjectId : null)))
  status(@Root() event: LogEvent, @Ctx() ctx: Context): MessageStatus | null | Promise<MessageStatus | null> {
    if (event.status !== null) return event.status as MessageStatus;
    const row = rowOf(ctx, messagesById, event.subjectId);
    const now = ctx.services.clock.now();
    const shown = (message: MessageRow | null) => message && statusNow(message, now);
    return row instanceof Promise ? row.then(shown) : shown(row);
  }

  @FieldResolver(() => Message, { nullable: true, description: 'As it is now; null once it was erased.' })
  @Extensions(shows(messagesById, (event) => event.subjectId))
  message(@Root() event: LogEvent, @Ctx() ctx: Context): MessageRow | null | Promise<MessageRow | null> {
    return rowOf(ctx, messagesById, event.subjectId);
  }
}

@Resolver(() => ConversationChanged)
export class ConversationChangedResolver {
  @Subscription(() => ConversationChanged, {
    ...byTheHub,
    description:
      'Conversations as they change, and every event of their messages: all that a list screen needs. With `after`, first all that came since.',
  })
  @Can('inbox:read')
  @Extensions({ wants: (event: LogEvent) => event.conversationId !== null })
  conversationChanged(
    @Root() event: LogEvent,
    @Arg('after', () => Cursor, { nullable: true, description: 'Go on after this place; without it, from now.' }) _after?: string,
  ): LogEvent {
    return event;
  }

  @FieldResolver(() => Conversation, { nullable: true, description: 'As it is now; null once it was erased.' })
  @Extensions(shows(conversationsById, (event) => event.conversationId))
  conversation(@Root() event: LogEvent, @Ctx() ctx: Context): Conversation | null | Promise<Conversation | null> {
    return event.conversationId === null ? null : rowOf(ctx, conversationsById, event.conversationId);
  }

  @FieldResolver(() => Message, { nullable: true, description: 'The message it is about, when it is about one.' })
  @Extensions(shows(messagesById, (event) => (event.kind in CHANGES ? event.subjectId : null)))
  message(@Root() event: LogEvent, @Ctx() ctx: Context): MessageRow | null | Promise<MessageRow | null> {
    return event.kind in CHANGES ? rowOf(ctx, messagesById, event.subjectId) : null;
  }
}
