import { Arg, Ctx, Field, Float, ID, InputType, ObjectType, Query, Resolver } from 'type-graphql';
import { Can } from '../platform/can.ts';
import { Context } from '../platform/context.ts';
import { PhoneNumber } from '../platform/scalars.ts';
import { messagePrice } from './message-price.ts';

@InputType({ description: 'A message that is about to be written: to whom, and what.' })
export class MessagePriceInput {
  @Field(() => ID, {
    nullable: true,
    description: 'The conversation it goes into; instead of a phone or a contact and a number.',
  })
  conversationId?: string;

  @Field(() => PhoneNumber, { nullable: true, description: 'The phone it goes to, when there is no conversation yet.' })
  to?: string;

  @Field(() => ID, { nullable: true, description: 'The contact it goes to, when there is no conversation yet.' })
  contactId?: string;

  @Field(() => ID, { nullable: true, description: 'The number it goes out from; with `to` or `contactId`.' })
  whatsappNumberId?: string;

  @Field(() => ID, { nullable: true, description: 'The template it is made of; without it the message is free-form.' })
  templateId?: string;
}

@ObjectType({
  description: 'What Meta will most likely charge for a message, by its list prices: volume discounts are not known here.',
})
@Can('inbox:read')
export class MessagePrice {
  @Field(() => String, { description: 'MARKETING, UTILITY, AUTHENTICATION or SERVICE, which is free-form.' })
  category!: string;

  @Field(() => String, { description: 'REGULAR, or why it is free.' })
  priceType!: string;

  @Field(() => String, { nullable: true, description: "The market of Meta's price table that the customer belongs to." })
  market!: string | null;

  @Field(() => Float, { nullable: true, description: 'The amount; null where no price is known.' })
  amount!: number | null;

  @Field(() => String, { nullable: true, description: 'Its currency, as ISO 4217.' })
  currency!: string | null;
}

@Resolver()
export class MessagePriceResolver {
  @Query(() => MessagePrice, {
    nullable: true,
    description:
      'What a message would cost if it went out now; null if there is no such conversation, contact, number or template.',
  })
  @Can('inbox:read')
  messagePrice(
    @Ctx() ctx: Context,
    @Arg('input', () => MessagePriceInput, { description: 'To whom, and what.' }) input: MessagePriceInput,
  ): Promise<MessagePrice | null> {
    return messagePrice(ctx, input);
  }
}
