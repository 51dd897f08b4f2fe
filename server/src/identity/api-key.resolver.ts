import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { Can } from '../platform/can.ts';
import { Context } from '../platform/context.ts';
import { DateTime } from '../platform/scalars.ts';
import { payload, UserError } from '../platform/user-errors.ts';
import { ApiKey } from './api-key.ts';
import { createApiKey } from './create-api-key.ts';
import { revokeApiKey } from './revoke-api-key.ts';

@InputType({ description: 'A new API key.' })
export class CreateApiKeyInput {
  @Field(() => String, { description: 'What it is for, up to 80 characters.' })
  name!: string;

  @Field(() => [String], { description: 'Permissions, among those you hold.' })
  scopes!: string[];

  @Field(() => String, { description: 'Your password again: a key is as good as you.' })
  password!: string;

  @Field(() => DateTime, { nullable: true, description: 'When it stops working by itself.' })
  expiresAt?: Date;
}

@InputType({ description: 'Which key to revoke.' })
export class RevokeApiKeyInput {
  @Field(() => ID, { description: "The key's id." })
  id!: string;
}

@ObjectType({ description: 'The outcome of making a key.' })
@Can('credential')
export class CreateApiKeyPayload {
  @Field(() => ApiKey, { nullable: true, description: 'The new key.' })
  apiKey?: ApiKey;

  @Field(() => String, { nullable: true, description: 'The key itself. It is shown this once.' })
  secret?: string;

  @Field(() => [UserError], { description: 'Why it was refused.' })
  userErrors!: UserError[];
}

@ObjectType({ description: 'The outcome of revoking a key.' })
@Can('credential')
export class RevokeApiKeyPayload {
  @Field(() => ApiKey, { nullable: true, description: 'The revoked key.' })
  apiKey?: ApiKey;

  @Field(() => [UserError], { description: 'Why it was refused.' })
  userErrors!: UserError[];
}

@Resolver()
export class ApiKeyResolver {
  @Query(() => [ApiKey], { description: "The tenant's API keys, newest first, revoked ones included." })
  @Can('keys:manage')
  async apiKeys(@Ctx() ctx: Context): Promise<ApiKey[]> {
    return (await ctx.reading()).find(ApiKey, {}, { orderBy: { id: 'desc' }, limit: 200 });
  }

  @Mutation(() => CreateApiKeyPayload, { description: 'Makes an API key for a program.' })
  @Can('keys:manage')
  createApiKey(@Arg('input', () => CreateApiKeyInput) input: CreateApiKeyInput, @Ctx() ctx: Context) {
    return payload(() => createApiKey(ctx, input));
  }

  @Mutation(() => RevokeApiKeyPayload, { description: 'Revokes an API key at once: its sockets are cut too.' })
  @Can('keys:manage')
  revokeApiKey(@Arg('input', () => RevokeApiKeyInput) input: RevokeApiKeyInput, @Ctx() ctx: Context) {
    return payload(() => revokeApiKey(ctx, input));
  }
}
