import { Field, ID, InputType, Int } from 'type-graphql';
import { TemplateExampleInput } from './example-input.ts';
import { NewTemplateButtonInput } from './new-button-input.ts';
import { NewTemplateCardInput, NewTemplateOfferInput } from './new-card-input.ts';
import { TemplateCategory, TemplateHeaderKind, TemplateParameterFormat } from './template-enums.ts';

@InputType({ description: 'What stands above the body.' })
export class TemplateHeaderInput {
  @Field(() => TemplateHeaderKind, { description: 'A text, a file or a place.' })
  kind!: TemplateHeaderKind;

  @Field(() => String, { nullable: true, description: 'Of TEXT: up to 60 characters and one variable.' })
  text?: string;

  @Field(() => [TemplateExampleInput], { nullable: true, description: 'Of TEXT: an example for its variable.' })
  examples?: TemplateExampleInput[];

  @Field(() => ID, {
    nullable: true,
    description: 'Of a file: one that was uploaded. Meta sees it as the example; it is sent where no other is chosen.',
  })
  headerMediaId?: string;
}

@InputType({ description: 'The text of a template.' })
export class TemplateBodyInput {
  @Field(() => String, {
    nullable: true,
    description: 'Up to 1,024 characters; an authentication template has none: Meta writes it.',
  })
  text?: string;

  @Field(() => [TemplateExampleInput], { nullable: true, description: 'An example for each variable.' })
  examples?: TemplateExampleInput[];

  @Field(() => Boolean, {
    nullable: true,
    description: 'Of an authentication template: whether it advises not to pass the code on.',
  })
  hasSecurityAdvice?: boolean;
}

@InputType({ description: 'What a template holds.' })
export class TemplateContentInput {
  @Field(() => TemplateHeaderInput, { nullable: true, description: 'What stands above the body.' })
  header?: TemplateHeaderInput;

  @Field(() => TemplateBodyInput, { description: 'The text.' })
  body!: TemplateBodyInput;

  @Field(() => String, { nullable: true, description: 'The line below the body: up to 60 characters, no variables.' })
  footer?: string;

  @Field(() => Int, {
    nullable: true,
    description: 'Of an authentication template: minutes for which the code is valid, as the line below says.',
  })
  codeMinutes?: number;

  @Field(() => [NewTemplateButtonInput], { nullable: true, description: 'Up to 10 buttons, quick replies side by side.' })
  buttons?: NewTemplateButtonInput[];

  @Field(() => [NewTemplateCardInput], {
    nullable: true,
    description: 'From 2 to 10 cards of one shape below the body: a carousel, which has no header, footer or buttons of its own.',
  })
  cards?: NewTemplateCardInput[];

  @Field(() => NewTemplateOfferInput, {
    nullable: true,
    description:
      'An offer that ends, above a body of up to 600 characters. It needs a button of COPY_CODE, may have one of URL and a picture or video, and has no footer.',
  })
  offer?: NewTemplateOfferInput;

  @Field(() => Int, { nullable: true, description: 'Seconds after which WhatsApp gives up delivering.' })
  ttlSeconds?: number;
}

@InputType({ description: 'A new template. One draft of the same name and language takes the place of the other.' })
export class CreateTemplateInput extends TemplateContentInput {
  @Field(() => ID, { nullable: true, description: 'One of the numbers that shall send it: it belongs to their account.' })
  whatsappNumberId?: string;

  @Field(() => ID, { nullable: true, description: 'The account itself; instead of a number.' })
  accountId?: string;

  @Field(() => String, { description: 'Small Latin letters, digits and underscores.' })
  name!: string;

  @Field(() => String, { description: 'Such as `en_US` or `ar`.' })
  language!: string;

  @Field(() => TemplateCategory, { description: 'What it is for; Meta may see it otherwise.' })
  category!: TemplateCategory;

  @Field(() => TemplateParameterFormat, { nullable: true, description: 'How its variables are called; by numbers unless given.' })
  parameterFormat?: TemplateParameterFormat;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether it is kept here as a draft; otherwise it goes to Meta at once.',
  })
  isDraft!: boolean;

  @Field(() => ID, { description: 'The same key gives the same template for 24 hours.' })
  idempotencyKey!: string;
}

@InputType({ description: 'How a template shall be from now on: all of it.' })
export class EditTemplateInput extends TemplateContentInput {
  @Field(() => ID, { description: "The template's id." })
  templateId!: string;

  @Field(() => TemplateCategory, { nullable: true, description: 'Another category; an approved template keeps its own.' })
  category?: TemplateCategory;
}
