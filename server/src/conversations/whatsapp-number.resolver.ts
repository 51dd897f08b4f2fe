import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Context } from '../platform/context.ts';
import { MessagingLimit, readMessagingLimit } from './messaging-limit.ts';
import { WhatsappNumber } from './whatsapp-number.ts';

@Resolver(() => WhatsappNumber)
export class WhatsappNumberResolver {
  @FieldResolver(() => MessagingLimit, {
    nullable: true,
    description: 'How many people its business may write to first, and how many it has.',
  })
  messagingLimit(@Root() number: WhatsappNumber, @Ctx() ctx: Context): Promise<MessagingLimit> {
    return readMessagingLimit(ctx, number.id);
  }
}
