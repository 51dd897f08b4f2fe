import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { WhatsappAccount } from '../conversations/whatsapp-account.ts';
import { Can } from '../platform/can.ts';
import { Context } from '../platform/context.ts';
import { payload, UserError } from '../platform/user-errors.ts';
import { syncTemplates } from './sync-templates.ts';

@InputType({ description: 'Whose templates shall be read from Meta: an account, or the one of a number.' })
export class SyncTemplatesInput {
  @Field(() => ID, { nullable: true, description: "One of the account's numbers." })
  whatsappNumberId?: string;

  @Field(() => ID, { nullable: true, description: "The account's id." })
  accountId?: string;
}

@ObjectType({ description: 'The outcome of reading templates from Meta.' })
@Can('templates:read')
export class SyncTemplatesPayload {
  @Field(() => WhatsappAccount, { nullable: true, description: 'The account, with the time of the reading.' })
  account?: WhatsappAccount;

  @Field(() => [UserError], { description: 'Why it was refused.' })
  userErrors!: UserError[];
}

@Resolver()
export class SyncTemplatesResolver {
  @Mutation(() => SyncTemplatesPayload, {
    description: "Reads an account's templates from Meta; those that are gone there are marked as deleted.",
  })
  @Can('templates:manage')
  syncTemplates(@Arg('input', () => SyncTemplatesInput) input: SyncTemplatesInput, @Ctx() ctx: Context) {
    return payload(() => syncTemplates(ctx, input));
  }
}
