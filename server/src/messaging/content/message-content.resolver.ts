import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Can } from '../../platform/can.ts';
import { Context } from '../../platform/context.ts';
import type { TemplatePart } from '../../whatsapp/content.ts';
import { mediaById, Media } from '../media/media.ts';
import type { MessageRow } from '../messages-by-id.ts';
import { Message } from '../message.ts';
import { ContactCard } from './contact-card.ts';
import { InteractiveReply } from './interactive-reply.ts';
import { Interactive } from './interactive.ts';
import { Location } from './location.ts';
import { MessageCost } from './message-cost.ts';
import { Order } from './order.ts';
import { partOf, partsOf } from './parts-of.ts';
import { Reaction, reactionsOf } from './reaction.ts';
import { Referral } from './referral.ts';
import { SentTemplate, withCardFiles } from './sent-template.ts';
import { SystemNotice } from './system-notice.ts';

/** What a message holds besides its text: null for what it does not hold, and for those who may not read texts. */
@Resolver(() => Message)
export class MessageContentResolver {
  @FieldResolver(() => Media, {
    nullable: true,
    description: 'Its file; of a template or an interactive message, the one above the body.',
  })
  @Can('messages:text')
  media(@Root() message: MessageRow, @Ctx() ctx: Context): Promise<Media | null> | null {
    return message.mediaId === null ? null : ctx.load(mediaById, message.mediaId);
  }

  @FieldResolver(() => Location, { nullable: true, description: 'The place of a LOCATION.' })
  @Can('messages:text')
  location(@Root() message: MessageRow, @Ctx() ctx: Context) {
    return partOf(message, ctx, 'location');
  }

  @FieldResolver(() => [ContactCard], { nullable: true, description: 'The cards of CONTACTS.' })
  @Can('messages:text')
  contactCards(@Root() message: MessageRow, @Ctx() ctx: Context) {
    return partOf(message, ctx, 'cards');
  }

  @FieldResolver(() => Interactive, { nullable: true, description: 'What an INTERACTIVE message offers.' })
  @Can('messages:text')
  interactive(@Root() message: MessageRow, @Ctx() ctx: Context) {
    return partOf(message, ctx, 'interactive');
  }

  @FieldResolver(() => InteractiveReply, { nullable: true, description: 'What the customer tapped on.' })
  @Can('messages:text')
  reply(@Root() message: MessageRow, @Ctx() ctx: Context) {
    return partOf(message, ctx, 'reply');
  }

  @FieldResolver(() => SentTemplate, { nullable: true, description: 'The template of a TEMPLATE, as it was sent.' })
  @Can('messages:text')
  template(@Root() message: MessageRow, @Ctx() ctx: Context) {
    const part = partOf(message, ctx, 'template');
    const whole = (template: TemplatePart | null) => template && withCardFiles(template, message.cardMediaIds);
    return part instanceof Promise ? part.then(whole) : whole(part);
  }

  @FieldResolver(() => Order, { nullable: true, description: 'What was ordered.' })
  @Can('messages:text')
  order(@Root() message: MessageRow, @Ctx() ctx: Context) {
    return partOf(message, ctx, 'order');
  }

  @FieldResolver(() => SystemNotice, { nullable: true, description: 'What WhatsApp says about the customer.' })
  @Can('messages:text')
  system(@Root() message: MessageRow, @Ctx() ctx: Context) {
    return partOf(message, ctx, 'system');
  }

  @FieldResolver(() => Referral, { nullable: true, description: 'The advertisement or post that brought the customer.' })
  @Can('messages:text')
  referral(@Root() message: MessageRow, @Ctx() ctx: Context) {
    return partOf(message, ctx, 'referral');
  }

  @FieldResolver(() => String, { nullable: true, description: 'What WhatsApp calls a message that it does not hand on.' })
  @Can('messages:text')
  unsupportedType(@Root() message: MessageRow, @Ctx() ctx: Context) {
    return partOf(message, ctx, 'unsupportedType');
  }

  @FieldResolver(() => Boolean, { nullable: true, description: 'Whether the customer forwarded it.' })
  @Can('messages:text')
  async isForwarded(@Root() message: MessageRow, @Ctx() ctx: Context): Promise<boolean> {
    return (await partsOf(message, ctx)).forwarded !== undefined;
  }

  @FieldResolver(() => [Reaction], { nullable: true, description: 'Emojis on it: at most one of each side.' })
  @Can('messages:text')
  reactions(@Root() message: MessageRow, @Ctx() ctx: Context): Promise<Reaction[]> {
    return ctx.load(reactionsOf, message.id);
  }

  @FieldResolver(() => String, { nullable: true, description: 'Why it is held for a review.' })
  @Can('messages:text')
  holdReason(@Root() message: MessageRow, @Ctx() ctx: Context): string | null | Promise<string> {
    return message.sealedHoldReason && ctx.open('message', 'hold_reason', message.id, message.sealedHoldReason);
  }

  @FieldResolver(() => MessageCost, { nullable: true, description: 'What it costs; null for what the customer wrote.' })
  cost(@Root() message: MessageRow): MessageCost | null {
    const { category, priceType, costMicros, costCurrency, isCostFinal } = message;
    if (category === null) return null;
    const amount = costMicros === null ? null : Number(costMicros) / 1e6;
    return { category, priceType, amount, currency: costCurrency, isEstimate: !isCostFinal };
  }
}
