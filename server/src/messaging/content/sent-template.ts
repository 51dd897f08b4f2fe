import { Field, FieldResolver, ObjectType, Resolver, Root, registerEnumType } from 'type-graphql';
import { Can } from '../../platform/can.ts';
import type { TemplateButtonPart, TemplatePart } from '../../whatsapp/content.ts';
import { Location } from './location.ts';

export enum TemplateButtonKind {
  QUICK_REPLY = 'QUICK_REPLY',
  URL = 'URL',
  PHONE_NUMBER = 'PHONE_NUMBER',
  COPY_CODE = 'COPY_CODE',
  OTP = 'OTP',
  FLOW = 'FLOW',
  OTHER = 'OTHER',
}
registerEnumType(TemplateButtonKind, {
  name: 'TemplateButtonKind',
  description: "What a template's button does.",
  valuesConfig: {
    QUICK_REPLY: { description: 'It answers.' },
    URL: { description: 'It opens a page.' },
    PHONE_NUMBER: { description: 'It calls.' },
    COPY_CODE: { description: 'It copies a coupon.' },
    OTP: { description: 'It copies or fills in a one-time code.' },
    FLOW: { description: 'It opens a form.' },
    OTHER: { description: 'Something this version does not know.' },
  },
});
/** Fails to compile when a template can have a button that the API has no name for. */
export const everyButtonIsPublic: Record<TemplateButtonPart['type'], TemplateButtonKind> = TemplateButtonKind;

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
