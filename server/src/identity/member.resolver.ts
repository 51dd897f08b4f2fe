import { Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Can } from '../platform/can.ts';
import { Context } from '../platform/context.ts';
import { SealBroken } from '../platform/sealed.ts';
import { memberFaces } from './member-faces.ts';
import { Member } from './member.ts';
import { Role } from './role.ts';

@Resolver(() => Member)
export class MemberResolver {
  @Query(() => [Member], { description: 'The team, in the order people joined.' })
  @Can('members:read')
  async members(@Ctx() ctx: Context): Promise<Member[]> {
    return (await ctx.reading()).find(Member, { removedAt: null }, { orderBy: { id: 'asc' } });
  }

  @FieldResolver(() => String, { description: 'The name colleagues see.' })
  @Can('members:read')
  async name(@Root() member: Member, @Ctx() ctx: Context): Promise<string> {
    // A name that cannot be opened must not take the whole team off the screen.
    return ctx.load(memberFaces, member.userId).then(({ name }) => name, emptyIfBroken);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'The address they sign in with; null for those who may not see it.',
  })
  @Can('members:email')
  async email(@Root() member: Member, @Ctx() ctx: Context): Promise<string> {
    return (await ctx.load(memberFaces, member.userId)).email;
  }

  @FieldResolver(() => Role, { description: 'What they may do.' })
  @Can('members:read')
  role(@Root() member: Member): Promise<Role> {
    return member.role.loadOrFail();
  }
}

function emptyIfBroken(error: unknown): string {
  if (error instanceof SealBroken) return '';
  throw error;
}
