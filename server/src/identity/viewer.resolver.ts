import { Ctx, Field, FieldResolver, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { Can } from '../platform/can.ts';
import { Context } from '../platform/context.ts';
import type { Viewer } from '../platform/viewer.ts';
import { ApiKey } from './api-key.ts';
import { Member } from './member.ts';
import { Tenant } from './tenant.ts';

@ObjectType('Viewer', { description: 'Who is asking, in which tenant, with which permissions.' })
@Can('credential')
export class ViewerType {
  @Field(() => String, { description: 'The language they see: ar or en.' })
  locale!: string;
}

@Resolver(() => ViewerType)
export class ViewerResolver {
  @Query(() => ViewerType, { description: 'Who is asking, in which tenant, with which permissions.' })
  @Can('credential')
  viewer(@Ctx() ctx: Context): Viewer {
    return ctx.me;
  }

  @FieldResolver(() => [String], { description: 'All they may do.' })
  permissions(@Root() viewer: Viewer): string[] {
    return [...viewer.permissions].sort();
  }

  @FieldResolver(() => Tenant, { description: 'The company they act for.' })
  async tenant(@Root() viewer: Viewer, @Ctx() ctx: Context): Promise<Tenant> {
    return (await ctx.reading()).findOneOrFail(Tenant, viewer.tenantId);
  }

  @FieldResolver(() => Member, { nullable: true, description: 'The person, when one is signed in.' })
  async member(@Root() viewer: Viewer, @Ctx() ctx: Context): Promise<Member | null> {
    return viewer.memberId ? (await ctx.reading()).findOne(Member, { id: viewer.memberId }) : null;
  }

  @FieldResolver(() => ApiKey, { nullable: true, description: 'The key, when a program asks.' })
  async apiKey(@Root() viewer: Viewer, @Ctx() ctx: Context): Promise<ApiKey | null> {
    return viewer.apiKeyId ? (await ctx.reading()).findOne(ApiKey, { id: viewer.apiKeyId }) : null;
  }
}
