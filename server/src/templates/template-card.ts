import { Field, ObjectType } from 'type-graphql';
import { Can } from '../platform/can.ts';
import { cardsOf, offerOf, partsOfCard } from '../whatsapp/template-components.ts';
import type { Template } from './template.ts';
import { TemplateHeaderKind } from './template-enums.ts';
import { buttonsOf, TemplateButton, TemplateVariable, variablesToFill } from './template-parts.ts';

@ObjectType({ description: 'A card of a carousel.' })
@Can('templates:read')
export class TemplateCard {
  @Field(() => TemplateHeaderKind, { nullable: true, description: 'What it shows: IMAGE or VIDEO.' })
  headerKind!: TemplateHeaderKind | null;

  @Field(() => String, { description: 'Its text, with its variables.' })
  body!: string;

  @Field(() => [TemplateButton], { description: 'Its buttons, in their places from 0.' })
  buttons!: TemplateButton[];

  @Field(() => [TemplateVariable], { description: 'What has to be filled in on this card, from top to bottom.' })
  variables!: TemplateVariable[];

  /** The file kept with it; `headerMedia` of the API. */
  headerMediaId!: string | null;
}

@ObjectType({ description: 'An offer that ends.' })
@Can('templates:read')
export class TemplateOffer {
  @Field(() => String, { description: 'What is offered.' })
  text!: string;

  @Field(() => Boolean, { description: 'Whether customers see until when: then every message needs that moment.' })
  hasExpiration!: boolean;
}

/** The cards of a carousel, from the first to the last; none of any other template. */
export function cardsShown({ components, cardMediaIds }: Pick<Template, 'components' | 'cardMediaIds'>): TemplateCard[] {
  return cardsOf(components).map((card, at) => {
    const { header, body } = partsOfCard(card);
    return {
      headerKind: (header?.format as TemplateHeaderKind | undefined) ?? null,
      body: body?.text ?? '',
      buttons: buttonsOf(card),
      variables: variablesToFill(card),
      headerMediaId: cardMediaIds?.[at] ?? null,
    };
  });
}

/** The offer of a template, or null. */
export function offerShown({ components }: Pick<Template, 'components'>): TemplateOffer | null {
  const offer = offerOf(components);
  return offer && { text: offer.text ?? '', hasExpiration: offer.has_expiration === true };
}
