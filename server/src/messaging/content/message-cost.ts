import { Field, Float, ObjectType } from 'type-graphql';
import { Can } from '../../platform/can.ts';

@ObjectType({ description: 'What Meta charges for a message, or most likely will.' })
@Can('inbox:read')
export class MessageCost {
  @Field(() => String, { nullable: true, description: 'MARKETING, UTILITY, AUTHENTICATION or SERVICE.' })
  category!: string | null;

  @Field(() => String, { nullable: true, description: 'REGULAR, or why it is free.' })
  priceType!: string | null;

  @Field(() => Float, { nullable: true, description: 'The amount; null where no price is known.' })
  amount!: number | null;

  @Field(() => String, { nullable: true, description: 'Its currency, as ISO 4217.' })
  currency!: string | null;

  @Field(() => Boolean, { description: 'Whether Meta has not confirmed it yet.' })
  isEstimate!: boolean;
}
