import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { Contact } from '../contacts/contact.ts';
import { Member } from '../identity/member.ts';
import { Can } from '../platform/can.ts';
import { Context } from '../platform/context.ts';
import { findById } from '../platform/find-by-id.ts';
import { connectionOf, type Page } from '../platform/pages.ts';
import { Conversation } from './conversation.ts';
import { ConversationFilter } from './conversation-filter.ts';
import { countInbox, InboxCounts } from './inbox-counts.ts';
import { listConversations } from './list-conversations.ts';
import { ServiceWindow, serviceWindows } from './service-window.ts';
import { WhatsappNumber } from './whatsapp-number.ts';

const ConversationConnection = connectionOf(Conversation, 'Conversation', 'inbox:read');

@Resolver(() => Conversation)
export class ConversationResolver {
  @Query(() => ConversationConnection, { description: 'Conversations, the latest activity first.' })
  @Can('inbox:read')
  conversations(
    @Ctx() ctx: Context,
    @Arg('filter', () => ConversationFilter, {
      nullable: true,
      description: 'Which ones; without it, all that are not resolved.',
    })
    filter?: ConversationFilter,
    @Arg('first', () => Int, { defaultValue: 25, nullable: true, description: 'From 1 to 100.' }) first?: number,
    @Arg('after', () => String, { nullable: true, description: 'The `endCursor` of the page before.' }) after?: string,
  ): Promise<Page<Conversation>> {
    return listConversations(ctx, { filter, first, after });
  }

  @Query(() => Conversation, { nullable: true, description: 'One conversation; null if there is none with this id.' })
  @Can('inbox:read')
  async conversation(
    @Ctx() ctx: Context,
    @Arg('id', () => ID, { description: "The conversation's id." }) id: string,
  ): Promise<Conversation | null> {
    return findById(await ctx.reading(), Conversation, id);
  }

  @Query(() => InboxCounts, { description: "Numbers for the inbox's tabs and badge." })
  @Can('inbox:read')
  inboxCounts(@Ctx() ctx: Context): Promise<InboxCounts> {
    return countInbox(ctx);
  }

  @FieldResolver(() => Contact, { description: 'The customer.' })
  contact(@Root() conversation: Conversation): Promise<Contact> {
    return conversation.contact.loadOrFail();
  }

  @FieldResolver(() => WhatsappNumber, { description: 'Our number.' })
  whatsappNumber(@Root() conversation: Conversation): Promise<WhatsappNumber> {
    return conversation.number.loadOrFail();
  }

  @FieldResolver(() => Member, { nullable: true, description: 'Who takes care of it.' })
  async assignee(@Root() conversation: Conversation): Promise<Member | null> {
    return (await conversation.assignee?.load()) ?? null;
  }

  @FieldResolver(() => ServiceWindow, { description: 'Whether a free-form reply may be sent, and until when.' })
  window(@Root() conversation: Conversation, @Ctx() ctx: Context): Promise<ServiceWindow> {
    return ctx.load(serviceWindows, { contactId: conversation.contact.id, numberId: conversation.number.id });
  }
}
