import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { UserError } from '../platform/user-errors.ts';
import { WhatsappNumber } from './whatsapp-number.ts';

/** What every mutation of a number takes. */
@InputType()
export abstract class NumberInput {
  @Field(() => ID, { description: "The number's id." })
  whatsappNumberId!: string;
}

/** What every mutation of a number gives. */
@ObjectType()
export abstract class NumberPayload {
  @Field(() => WhatsappNumber, { nullable: true, description: 'As it is now.' })
  whatsappNumber?: WhatsappNumber;

  @Field(() => [UserError], { description: 'Why it was refused.' })
  userErrors!: UserError[];
}
