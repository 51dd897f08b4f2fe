import { Field, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql';
import { Can } from '../../platform/can.ts';
import { TemplateButtonKind } from '../../templates/template-button.ts';
import type { TemplateButtonPart, TemplatePart } from '../../whatsapp/content.ts';
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
}

@Resolver(() => SentTemplate)
export class SentTemplateResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description: 'MARKETING, UTILITY or AUTHENTICATION, as it was when it was sent.',
  })
  category(@Root() template: TemplatePart): string | null {
    return template.category ?? null;
  }
}
