import { Ctx, Field, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql';
import { Can } from '../../platform/can.ts';
import { Context } from '../../platform/context.ts';
import { DateTime } from '../../platform/scalars.ts';
import { TemplateButtonKind } from '../../templates/template-button.ts';
import type { TemplateButtonPart, TemplatePart } from '../../whatsapp/content.ts';
import { Media, mediaById } from '../media/media.ts';
import { Location } from './location.ts';

@ObjectType({ description: 'A button as it was sent.' })
@Can('messages:text')
export class SentTemplateButton {
  @Field(() => TemplateButtonKind, { nullable: true, description: 'What it does.' })
  type!: TemplateButtonPart['type'];

  @Field(() => String, { nullable: true, description: 'What it says.' })
  text!: string;

  @Field(() => String, { nullable: true, description: 'The page it opens.' })
  url?: string;

  @Field(() => String, { nullable: true, description: 'The phone it calls.' })
  phone?: string;

  @Field(() => String, { nullable: true, description: 'The code it copies.' })
  code?: string;
}

@ObjectType({ description: 'A card of a carousel as it was sent.' })
@Can('messages:text')
export class SentTemplateCard {
  @Field(() => String, { nullable: true, description: 'Its text.' })
  text!: string;

  @Field(() => [SentTemplateButton], { nullable: true, description: 'Its buttons.' })
  buttons!: SentTemplateButton[];

  /** What it shows; `media` of the API. */
  mediaId!: string | null;
}

@ObjectType({ description: 'An offer as it was sent.' })
@Can('messages:text')
export class SentOffer {
  @Field(() => String, { nullable: true, description: 'What is offered.' })
  text!: string;

  @Field(() => DateTime, { nullable: true, description: 'When it ends, where it says so.' })
  expiresAt!: Date | null;
}

@ObjectType({
  description:
    "A template as it was sent. The message's `text` is its body with the values in their places, a picture above it the message's `media`.",
})
@Can('messages:text')
export class SentTemplate {
  @Field(() => String, { nullable: true, description: 'Its name.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Its language, such as `en_US`.' })
  language!: string;

  @Field(() => String, { nullable: true, description: 'The line above the body.' })
  header?: string;

  @Field(() => Location, { nullable: true, description: 'The place above the body.' })
  headerLocation?: Location;

  @Field(() => String, { nullable: true, description: 'The line below the body.' })
  footer?: string;

  @Field(() => [SentTemplateButton], { nullable: true, description: 'Its buttons.' })
  buttons!: SentTemplateButton[];

  @Field(() => [SentTemplateCard], { nullable: true, description: 'The cards of a carousel.' })
  cards?: SentTemplateCard[];
}

/** A template with what its cards show. */
export function withCardFiles(template: TemplatePart, mediaIds: readonly string[] | null) {
  return { ...template, cards: template.cards?.map((card, at) => ({ ...card, mediaId: mediaIds?.[at] ?? null })) };
}

@Resolver(() => SentTemplateCard)
export class SentTemplateCardResolver {
  @FieldResolver(() => Media, { nullable: true, description: 'What it shows.' })
  @Can('messages:text')
  media(@Root() card: SentTemplateCard, @Ctx() ctx: Context): Promise<Media | null> | null {
    return card.mediaId === null ? null : ctx.load(mediaById, card.mediaId);
  }
}

@Resolver(() => SentTemplate)
export class SentTemplateResolver {
  @FieldResolver(() => SentOffer, { nullable: true, description: 'The offer above the body.' })
  @Can('messages:text')
  offer(@Root() { offer }: TemplatePart): SentOffer | null {
    return offer ? { text: offer.text, expiresAt: offer.expiresAt === undefined ? null : new Date(offer.expiresAt) } : null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'MARKETING, UTILITY or AUTHENTICATION, as it was when it was sent.',
  })
  category(@Root() template: TemplatePart): string | null {
    return template.category ?? null;
  }
}
