import { Field, ID, InputType, registerEnumType } from 'type-graphql';

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
