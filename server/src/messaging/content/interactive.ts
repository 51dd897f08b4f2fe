import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Can } from '../../platform/can.ts';
import type { InteractiveType as Types } from '../../whatsapp/content.ts';

export enum InteractiveKind {
  BUTTONS = 'BUTTONS',
  LIST = 'LIST',
  LINK = 'LINK',
  LOCATION_REQUEST = 'LOCATION_REQUEST',
  OTHER = 'OTHER',
}
registerEnumType(InteractiveKind, {
  name: 'InteractiveKind',
  description: 'What an interactive message offers.',
  valuesConfig: {
    BUTTONS: { description: 'One to three buttons.' },
    LIST: { description: 'A list that opens, of up to ten rows.' },
    LINK: { description: 'A button that opens a page.' },
    LOCATION_REQUEST: { description: 'A button that sends the place where the customer is.' },
    OTHER: { description: 'Something this version cannot show.' },
  },
});
/** Fails to compile when a message can hold what the API has no name for. */
export const everyTypeIsPublic: Record<Types, InteractiveKind> = InteractiveKind;

@ObjectType({ description: 'A button that answers when it is tapped.' })
@Can('messages:text')
export class ReplyButton {
  @Field(() => ID, { nullable: true, description: 'What comes back in `reply.replyId`.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'What it says.' })
  title!: string;
}

@ObjectType({ description: 'A row of a list.' })
@Can('messages:text')
export class ListRow {
  @Field(() => ID, { nullable: true, description: 'What comes back in `reply.replyId`.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'What it says.' })
  title!: string;

  @Field(() => String, { nullable: true, description: 'What stands below it.' })
  description?: string;
}

@ObjectType({ description: 'A part of a list.' })
@Can('messages:text')
export class ListSection {
  @Field(() => String, { nullable: true, description: 'Its heading.' })
  title?: string;

  @Field(() => [ListRow], { nullable: true, description: 'Its rows.' })
  rows!: ListRow[];
}

@ObjectType({ description: 'A button that opens a page.' })
@Can('messages:text')
export class LinkButton {
  @Field(() => String, { nullable: true, description: 'What it says.' })
  title!: string;

  @Field(() => String, { nullable: true, description: 'What it opens.' })
  url!: string;
}

@ObjectType({
  description: "What a message offers to tap on. Its body is the message's `text`, a picture above it the message's `media`.",
})
@Can('messages:text')
export class Interactive {
  @Field(() => InteractiveKind, { nullable: true, description: 'What it offers.' })
  type!: Types;

  @Field(() => String, { nullable: true, description: 'The line above the body.' })
  header?: string;

  @Field(() => String, { nullable: true, description: 'The line below the body.' })
  footer?: string;

  @Field(() => [ReplyButton], { nullable: true, description: 'The buttons of BUTTONS.' })
  buttons?: ReplyButton[];

  @Field(() => String, { nullable: true, description: 'What opens the list of LIST.' })
  button?: string;

  @Field(() => [ListSection], { nullable: true, description: 'The sections of LIST.' })
  sections?: ListSection[];

  @Field(() => LinkButton, { nullable: true, description: 'The button of LINK.' })
  link?: LinkButton;
}
