import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { accountsById } from '../conversations/accounts-by-id.ts';
import { WhatsappAccount } from '../conversations/whatsapp-account.ts';
import { Can } from '../platform/can.ts';
import { Context } from '../platform/context.ts';
import { findById } from '../platform/find-by-id.ts';
import { connectionOf, type Page } from '../platform/pages.ts';
import { estimateForCountry } from './estimate-cost.ts';
import { hasPhone } from './has-phone.ts';
import { listTemplates } from './list-templates.ts';
import { shownPrice } from './message-price.ts';
import { MessagePrice } from './message-price.resolver.ts';
import { obstacleOf } from './obstacle-of.ts';
import { Template } from './template.ts';
import { TemplateCategory, TemplateObstacle, TemplateStatus } from './template-enums.ts';
import { cardsShown, offerShown, TemplateCard, TemplateOffer } from './template-card.ts';
import {
  bodyOf,
  buttonsOf,
  footerOf,
  headerOf,
  TemplateButton,
  TemplateHeader,
  TemplateVariable,
  variablesToFill,
} from './template-parts.ts';
import { mayUnpause } from './unpause-template.ts';

const TemplateConnection = connectionOf(Template, 'Template', 'templates:read');

@Resolver(() => Template)
export class TemplateResolver {
  @Query(() => TemplateConnection, { description: 'Templates by name and language; deleted ones only when asked for.' })
  @Can('templates:read')
  templates(
    @Ctx() ctx: Context,
    @Arg('search', () => String, { nullable: true, description: 'Part of the name or of the text.' }) search?: string,
    @Arg('status', () => TemplateStatus, { nullable: true, description: 'Only those that stand there.' }) status?: TemplateStatus,
    @Arg('category', () => TemplateCategory, { nullable: true, description: 'Only those of one category.' })
    category?: TemplateCategory,
    @Arg('whatsappNumberId', () => ID, { nullable: true, description: 'Only those that this number can send.' })
    whatsappNumberId?: string,
    @Arg('first', () => Int, { defaultValue: 25, nullable: true, description: 'From 1 to 100.' }) first?: number,
    @Arg('after', () => String, { nullable: true, description: 'The `endCursor` of the page before.' }) after?: string,
  ): Promise<Page<Template>> {
    return listTemplates(ctx, { search, status, category, whatsappNumberId, first, after });
  }

  @Query(() => Template, { nullable: true, description: 'One template; null if there is none with this id.' })
  @Can('templates:read')
  async template(
    @Ctx() ctx: Context,
    @Arg('id', () => ID, { description: "The template's id." }) id: string,
  ): Promise<Template | null> {
    return findById(await ctx.reading(), Template, id);
  }

  @FieldResolver(() => WhatsappAccount, { nullable: true, description: 'Whose it is: every number of this account can send it.' })
  @Can('numbers:read')
  account(@Root() template: Template, @Ctx() ctx: Context): Promise<WhatsappAccount | null> {
    return ctx.load(accountsById, template.account.id);
  }

  @FieldResolver(() => TemplateHeader, { nullable: true, description: 'What stands above the body.' })
  header(@Root() template: Template): TemplateHeader | null {
    return headerOf(template);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "The text with its variables; null for an authentication draft, whose words are Meta's.",
  })
  body(@Root() template: Template): string | null {
    return bodyOf(template);
  }

  @FieldResolver(() => String, { nullable: true, description: 'The line below the body.' })
  footer(@Root() template: Template): string | null {
    return footerOf(template);
  }

  @FieldResolver(() => [TemplateButton], { description: 'Its buttons, in their places from 0.' })
  buttons(@Root() template: Template): TemplateButton[] {
    return buttonsOf(template);
  }

  @FieldResolver(() => [TemplateCard], {
    description: 'The cards of a carousel below the body, in their places from 0; none of others.',
  })
  cards(@Root() template: Template): TemplateCard[] {
    return cardsShown(template);
  }

  @FieldResolver(() => TemplateOffer, { nullable: true, description: 'The offer above the body, which ends.' })
  offer(@Root() template: Template): TemplateOffer | null {
    return offerShown(template);
  }

  @FieldResolver(() => [TemplateVariable], {
    description: 'What has to be filled in, from top to bottom; what the cards of a carousel need stands with each of them.',
  })
  variables(@Root() template: Template): TemplateVariable[] {
    return variablesToFill(template);
  }

  @FieldResolver(() => MessagePrice, {
    nullable: true,
    description: 'What one message of it costs in a country outside any free entry point, by list prices.',
  })
  @Can('templates:read')
  estimatedPrice(
    @Root() template: Template,
    @Ctx() ctx: Context,
    @Arg('country', () => String, {
      nullable: true,
      description: 'Where the customer is, as ISO 3166: `SA`; without it, any country that has no price of its own.',
    })
    country?: string,
  ): MessagePrice {
    return shownPrice(estimateForCountry(country?.toUpperCase() ?? '', ctx.services.clock.now(), template.category));
  }

  @FieldResolver(() => Boolean, {
    description:
      'Whether it is paused in a way that `unpauseTemplate` may take back; a pause because of its quality ends by itself.',
  })
  mayBeUnpaused(@Root() template: Template): boolean {
    return mayUnpause(template);
  }

  @FieldResolver(() => Boolean, { description: 'Whether it can be sent now, to whom it can be sent at all.' })
  isSendable(@Root() template: Template): boolean {
    return obstacleOf(template) === null;
  }

  @FieldResolver(() => TemplateObstacle, { nullable: true, description: 'Why it cannot be sent.' })
  async notSendableReason(
    @Root() template: Template,
    @Ctx() ctx: Context,
    @Arg('conversationId', () => ID, {
      nullable: true,
      description: 'Into which conversation: one with a one-time code goes only where a phone of the customer is known.',
    })
    conversationId?: string,
  ): Promise<TemplateObstacle | null> {
    return obstacleOf(template, { hasPhone: conversationId ? await ctx.load(hasPhone, conversationId) : true });
  }
}
