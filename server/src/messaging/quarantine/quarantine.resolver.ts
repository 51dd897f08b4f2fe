import { Arg, Ctx, Field, FieldResolver, ID, InputType, Int, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { Can } from '../../platform/can.ts';
import { Context } from '../../platform/context.ts';
import { connectionOf, type Page } from '../../platform/pages.ts';
import { payload, UserError } from '../../platform/user-errors.ts';
import { listQuarantined } from './list-quarantined.ts';
import { openQuarantined } from './open-quarantined.ts';
import { QuarantinedWebhook } from './quarantined-webhook.ts';
import { dismissWebhook, replayWebhook } from './resolve-quarantined.ts';

const QuarantinedWebhookConnection = connectionOf(QuarantinedWebhook, 'QuarantinedWebhook', 'webhooks:manage');

@InputType()
abstract class WebhookInput {
  @Field(() => ID, { description: "The webhook's id in quarantine." })
  id!: string;
}

@ObjectType()
abstract class WebhookPayload {
  @Field(() => QuarantinedWebhook, { nullable: true, description: 'As it is now.' })
  webhook?: QuarantinedWebhook;

  @Field(() => [UserError], { description: 'Why it was refused.' })
  userErrors!: UserError[];
}

@InputType({ description: 'Which webhook to read again.' })
export class ReplayWebhookInput extends WebhookInput {}

@InputType({ description: 'Which webhook to take off the list.' })
export class DismissWebhookInput extends WebhookInput {}

@ObjectType({ description: 'The outcome of replayWebhook.' })
@Can('webhooks:manage')
export class ReplayWebhookPayload extends WebhookPayload {}

@ObjectType({ description: 'The outcome of dismissWebhook.' })
@Can('webhooks:manage')
export class DismissWebhookPayload extends WebhookPayload {}

@Resolver(() => QuarantinedWebhook)
export class QuarantineResolver {
  @Query(() => QuarantinedWebhookConnection, { description: 'Webhooks that could not be understood in whole, newest first.' })
  @Can('webhooks:manage')
  quarantinedWebhooks(
    @Ctx() ctx: Context,
    @Arg('first', () => Int, { defaultValue: 25, nullable: true, description: 'From 1 to 100.' }) first?: number,
    @Arg('after', () => String, { nullable: true, description: 'The `endCursor` of the page before.' }) after?: string,
  ): Promise<Page<QuarantinedWebhook>> {
    return listQuarantined(ctx, { first, after });
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'What it said, up to 64 KB, while it is kept (seven days) and if it is about nobody else.',
  })
  @Can('messages:text')
  body(@Root() webhook: QuarantinedWebhook, @Ctx() ctx: Context): Promise<string | null> {
    return openQuarantined(ctx, webhook);
  }

  @Mutation(() => ReplayWebhookPayload, {
    description: 'Has a webhook read again; if something still cannot be understood, it comes back to the list.',
  })
  @Can('webhooks:manage')
  replayWebhook(@Arg('input', () => ReplayWebhookInput) input: ReplayWebhookInput, @Ctx() ctx: Context) {
    return payload(() => replayWebhook(ctx, input));
  }

  @Mutation(() => DismissWebhookPayload, { description: 'Takes a webhook off the list.' })
  @Can('webhooks:manage')
  dismissWebhook(@Arg('input', () => DismissWebhookInput) input: DismissWebhookInput, @Ctx() ctx: Context) {
    return payload(() => dismissWebhook(ctx, input));
  }
}
