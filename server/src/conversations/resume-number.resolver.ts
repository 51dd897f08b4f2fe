import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Can } from '../platform/can.ts';
import { Context } from '../platform/context.ts';
import { payload, UserError } from '../platform/user-errors.ts';
import { resumeNumber } from './resume-number.ts';
import { WhatsappNumber } from './whatsapp-number.ts';

@InputType({ description: 'Which number shall send again.' })
export class ResumeNumberInput {
  @Field(() => ID, { description: "The number's id." })
  whatsappNumberId!: string;
}

@ObjectType({ description: 'The outcome of resuming a number.' })
@Can('numbers:read')
export class ResumeNumberPayload {
  @Field(() => WhatsappNumber, { nullable: true, description: 'As it is now.' })
  whatsappNumber?: WhatsappNumber;

  @Field(() => [UserError], { description: 'Why it was refused.' })
  userErrors!: UserError[];
}

@Resolver()
export class ResumeNumberResolver {
  @Mutation(() => ResumeNumberPayload, { description: 'Lets a paused number send again: what waited goes out.' })
  @Can('numbers:manage')
  resumeNumber(
    @Arg('input', () => ResumeNumberInput, { description: 'Which number.' }) input: ResumeNumberInput,
    @Ctx() ctx: Context,
  ) {
    return payload(() => resumeNumber(ctx, input));
  }
}
