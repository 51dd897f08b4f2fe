import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Can } from '../platform/can.ts';
import { Context } from '../platform/context.ts';
import { findById } from '../platform/find-by-id.ts';
import type { Loader } from '../platform/loading.ts';
import { accountsById } from './accounts-by-id.ts';
import { BusinessProfile } from './business-profile.ts';
import { MessagingLimit, messagingLimits } from './messaging-limit.ts';
import { isUnregistered } from './register-number.ts';
import { WhatsappAccount } from './whatsapp-account.ts';
import { WhatsappApp } from './whatsapp-app.ts';
import { WhatsappNumber } from './whatsapp-number.ts';

@Resolver(() => WhatsappNumber)
export class WhatsappNumberResolver {
  @Query(() => [WhatsappNumber], { description: "The company's own numbers." })
  @Can('numbers:read')
  async whatsappNumbers(@Ctx() ctx: Context): Promise<WhatsappNumber[]> {
    return (await ctx.reading()).find(WhatsappNumber, {}, { orderBy: { id: 'asc' } });
  }

  @Query(() => WhatsappNumber, { nullable: true, description: 'One number; null if there is none with this id.' })
  @Can('numbers:read')
  async whatsappNumber(
    @Ctx() ctx: Context,
    @Arg('id', () => ID, { description: "The number's id." }) id: string,
  ): Promise<WhatsappNumber | null> {
    return findById(await ctx.reading(), WhatsappNumber, id);
  }

  @FieldResolver(() => WhatsappAccount, { description: 'The WhatsApp Business Account it belongs to.' })
  account(@Root() number: WhatsappNumber, @Ctx() ctx: Context): Promise<WhatsappAccount> {
    return accountOf(ctx, number);
  }

  @FieldResolver(() => BusinessProfile, { nullable: true, description: 'What customers see of it, as WhatsApp last told us.' })
  profile(@Root() number: WhatsappNumber): BusinessProfile | null {
    return number.profileRow;
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether WhatsApp stopped it because it is not registered: `registerNumber` lets it send again.',
  })
  isUnregistered(@Root() number: WhatsappNumber): boolean {
    return isUnregistered(number);
  }

  @FieldResolver(() => MessagingLimit, { description: 'How many people its business may write to first, and how many it has.' })
  messagingLimit(@Root() number: WhatsappNumber, @Ctx() ctx: Context): Promise<MessagingLimit> {
    return ctx.load(messagingLimits, number.account.id);
  }

  @FieldResolver(() => WhatsappApp, { nullable: true, description: "The company's own app at Meta; null for the platform's." })
  async app(@Root() number: WhatsappNumber, @Ctx() ctx: Context): Promise<WhatsappApp | null> {
    return appOf(ctx, await accountOf(ctx, number));
  }

  @FieldResolver(() => String, { description: 'The address to give to Meta, where the app sends its webhooks.' })
  async webhookUrl(@Root() number: WhatsappNumber, @Ctx() ctx: Context): Promise<string> {
    const app = await appOf(ctx, await accountOf(ctx, number));
    return `${ctx.services.publicUrl ?? ''}/webhooks/whatsapp${app ? `/${app.appId}` : ''}`;
  }
}

const appsById: Loader<string, WhatsappApp | null> = {
  name: 'appsById',
  load: async (ctx, ids) => {
    const found = await (await ctx.reading()).find(WhatsappApp, { id: { $in: [...ids] } });
    const byId = new Map(found.map((app) => [app.id, app]));
    return ids.map((id) => byId.get(id) ?? null);
  },
};

/** It is there as long as the number is. */
async function accountOf(ctx: Context, number: WhatsappNumber): Promise<WhatsappAccount> {
  return (await ctx.load(accountsById, number.account.id)) as WhatsappAccount;
}

async function appOf(ctx: Context, { appId }: WhatsappAccount): Promise<WhatsappApp | null> {
  return appId === null ? null : ctx.load(appsById, appId);
}
