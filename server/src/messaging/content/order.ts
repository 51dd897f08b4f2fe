import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { Can } from '../../platform/can.ts';

@ObjectType({ description: 'A line of an order.' })
@Can('messages:text')
export class OrderItem {
  @Field(() => ID, { nullable: true, description: "The product's id in the catalogue." })
  productId!: string;

  @Field(() => Int, { nullable: true, description: 'How many.' })
  quantity!: number;

  @Field(() => Float, { nullable: true, description: 'The price of one.' })
  price!: number;

  @Field(() => String, { nullable: true, description: 'Its currency, as ISO 4217.' })
  currency!: string;
}

@ObjectType({ description: 'An order out of a catalogue.' })
@Can('messages:text')
export class Order {
  @Field(() => ID, { nullable: true, description: "Meta's id of the catalogue." })
  catalogId!: string;

  @Field(() => [OrderItem], { nullable: true, description: 'What is ordered.' })
  items!: OrderItem[];
}
