import { Field, ID, InputType, registerEnumType } from 'type-graphql';

export enum SendInteractiveKind {
  BUTTONS = 'BUTTONS',
  LIST = 'LIST',
  LINK = 'LINK',
  LOCATION_REQUEST = 'LOCATION_REQUEST',
}
registerEnumType(SendInteractiveKind, {
  name: 'SendInteractiveKind',
  description: 'What an interactive message that is sent can offer.',
  valuesConfig: {
    BUTTONS: { description: 'One to three buttons.' },
    LIST: { description: 'A list that opens, of up to ten rows.' },
    LINK: { description: 'A button that opens a page.' },
    LOCATION_REQUEST: { description: 'A button that sends the place where the customer is.' },
  },
});

@InputType({ description: 'A button that answers when it is tapped.' })
export class ReplyButtonInput {
  @Field(() => ID, { description: 'Made by you: what comes back. Up to 256 characters.' })
  id!: string;

  @Field(() => String, { description: 'What it says. Up to 20 characters.' })
  title!: string;
}

@InputType({ description: 'A row of a list.' })
export class ListRowInput {
  @Field(() => ID, { description: 'Made by you: what comes back. Up to 200 characters.' })
  id!: string;

  @Field(() => String, { description: 'What it says. Up to 24 characters.' })
  title!: string;

  @Field(() => String, { nullable: true, description: 'What stands below it. Up to 72 characters.' })
  description?: string;
}

@InputType({ description: 'A part of a list.' })
export class ListSectionInput {
  @Field(() => String, { nullable: true, description: 'Its heading, needed where there are several. Up to 24 characters.' })
  title?: string;

  @Field(() => [ListRowInput], { description: 'Its rows.' })
  rows!: ListRowInput[];
}

@InputType({ description: 'A button that opens a page.' })
export class LinkButtonInput {
  @Field(() => String, { description: 'What it says. Up to 20 characters.' })
  title!: string;

  @Field(() => String, { description: 'What it opens.' })
  url!: string;
}

@InputType({ description: 'Something to tap on.' })
export class SendInteractiveInput {
  @Field(() => SendInteractiveKind, { description: 'What it offers.' })
  type!: SendInteractiveKind;

  @Field(() => String, { nullable: true, description: 'The line above the body. Up to 60 characters.' })
  header?: string;

  @Field(() => ID, { nullable: true, description: 'Or a picture, film or document above it; of BUTTONS and LINK.' })
  headerMediaId?: string;

  @Field(() => String, { description: 'What it says. Up to 1,024 characters, of a LIST 4,096.' })
  body!: string;

  @Field(() => String, { nullable: true, description: 'The line below the body. Up to 60 characters.' })
  footer?: string;

  @Field(() => [ReplyButtonInput], { nullable: true, description: 'BUTTONS: one to three.' })
  buttons?: ReplyButtonInput[];

  @Field(() => String, { nullable: true, description: 'LIST: what opens it. Up to 20 characters.' })
  button?: string;

  @Field(() => [ListSectionInput], { nullable: true, description: 'LIST: up to ten sections with ten rows in all.' })
  sections?: ListSectionInput[];

  @Field(() => LinkButtonInput, { nullable: true, description: 'LINK: the page.' })
  link?: LinkButtonInput;
}
