import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { ContactIdentity } from '../../contacts/contact-identity.ts';
import { Can } from '../../platform/can.ts';
import { Context } from '../../platform/context.ts';
import { DateTime } from '../../platform/scalars.ts';
import { isUndeliverable } from './undeliverable.ts';

@Resolver(() => ContactIdentity)
export class UndeliverableResolver {
  @FieldResolver(() => DateTime, {
    nullable: true,
    description:
      'When WhatsApp last said that it cannot deliver to this address; null unless it did, and once the customer has written or got something since.',
  })
  @Can('contacts:read')
  async undeliverableAt(@Root() identity: ContactIdentity, @Ctx() ctx: Context): Promise<Date | null> {
    const { id, markedUndeliverableAt: at } = identity;
    return at && (await ctx.load(isUndeliverable, { id, at: at.getTime() })) ? at : null;
  }
}
