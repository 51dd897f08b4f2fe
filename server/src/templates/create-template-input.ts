import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import { TemplateCategory, TemplateHeaderKind, TemplateParameterFormat } from './template-enums.ts';

export enum NewButtonKind {
  QUICK_REPLY = 'QUICK_REPLY',
  URL = 'URL',
  PHONE_NUMBER = 'PHONE_NUMBER',
  COPY_CODE = 'COPY_CODE',
  OTP = 'OTP',
  FLOW = 'FLOW',
}
registerEnumType(NewButtonKind, {
  name: 'NewButtonKind',
  description: 'What a button of a new template does.',
  valuesConfig: {
    QUICK_REPLY: { description: 'It answers with its text.' },
    URL: { description: 'It opens a page.' },
    PHONE_NUMBER: { description: 'It calls.' },
    COPY_CODE: { description: 'It copies a coupon.' },
    OTP: { description: 'It copies or fills in the one-time code: the only button of an authentication template.' },
    FLOW: { description: 'It opens a form of the account.' },
  },
});

export enum CodeButtonKind {
  COPY_CODE = 'COPY_CODE',
  ONE_TAP = 'ONE_TAP',
  ZERO_TAP = 'ZERO_TAP',
}
registerEnumType(CodeButtonKind, {
  name: 'CodeButtonKind',
  description: 'How a one-time code gets where it belongs.',
  valuesConfig: {
    COPY_CODE: { description: 'The customer copies it.' },
    ONE_TAP: { description: 'One tap hands it to your app on Android.' },
    ZERO_TAP: { description: 'Your app on Android gets it without a tap.' },
  },
});

@InputType({ description: 'An example of what a variable may hold: Meta asks for one of each.' })
export class TemplateExampleInput {
  @Field(() => String, { description: "The variable's name, or its number, such as `1`." })
  name!: string;

  @Field(() => String, { description: 'What might stand there.' })
  value!: string;
}

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

@InputType({ description: 'A button of a new template.' })
export class NewTemplateButtonInput {
  @Field(() => NewButtonKind, { description: 'What it does.' })
  type!: NewButtonKind;

  @Field(() => String, { nullable: true, description: 'What it says: up to 25 characters.' })
  text?: string;

  @Field(() => String, { nullable: true, description: 'Of URL: the page, with `{{1}}` at its end where something is added.' })
  url?: string;

  @Field(() => String, { nullable: true, description: 'Of URL: the whole address with an ending; of COPY_CODE: a coupon.' })
  example?: string;

  @Field(() => String, { nullable: true, description: 'Of PHONE_NUMBER: with the country code.' })
  phone?: string;

  @Field(() => CodeButtonKind, { nullable: true, description: 'Of OTP: how the code gets where it belongs.' })
  codeKind?: CodeButtonKind;

  @Field(() => String, { nullable: true, description: 'Of OTP with one tap: what the button says then.' })
  autofillText?: string;

  @Field(() => String, { nullable: true, description: 'Of OTP with one tap or none: the package name of your app.' })
  appPackage?: string;

  @Field(() => String, { nullable: true, description: 'Of OTP with one tap or none: the signature hash of your app.' })
  appSignature?: string;

  @Field(() => ID, { nullable: true, description: "Of FLOW: Meta's id of the form." })
  flowId?: string;
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
