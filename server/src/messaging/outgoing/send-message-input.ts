import { Field, ID, InputType } from 'type-graphql';
import { Cursor, DateTime, PhoneNumber } from '../../platform/scalars.ts';
import { LocationInput } from '../../templates/location-input.ts';
import { TemplateInput } from '../../templates/template-input.ts';
import { SendContactCardInput } from './contact-card-input.ts';
import { SendInteractiveInput } from './interactive-input.ts';
import { SendMediaInput } from './media-input.ts';
import { SendReactionInput } from './reaction-input.ts';

@InputType({
  description:
    'A message to send. Give a conversation, or a phone or a contact and one of your numbers; and one content: text, media, template, interactive, reaction, location or contactCards.',
})
export class SendMessageInput {
  @Field(() => ID, { nullable: true, description: 'Answer in this conversation.' })
  conversationId?: string;

  @Field(() => PhoneNumber, { nullable: true, description: 'Or write to this phone, with the country code.' })
  to?: string;

  @Field(() => ID, {
    nullable: true,
    description:
      'Or write to this contact: also to one whose phone nobody knows, from any number of the business that WhatsApp named them to. NO_ADDRESS where it cannot.',
  })
  contactId?: string;

  @Field(() => ID, { nullable: true, description: 'The number of yours that writes, together with `to` or `contactId`.' })
  whatsappNumberId?: string;

  @Field(() => String, { nullable: true, description: 'Up to 4,096 characters.' })
  text?: string;

  @Field(() => Boolean, { nullable: true, description: 'Of `text`: whether its first link is shown with a picture.' })
  hasPreview?: boolean;

  @Field(() => SendMediaInput, { nullable: true, description: 'A file.' })
  media?: SendMediaInput;

  @Field(() => TemplateInput, { nullable: true, description: 'An approved template: all that may be sent outside the window.' })
  template?: TemplateInput;

  @Field(() => SendInteractiveInput, { nullable: true, description: 'Buttons, a list, a link, or the request for a place.' })
  interactive?: SendInteractiveInput;

  @Field(() => SendReactionInput, { nullable: true, description: 'An emoji on a message.' })
  reaction?: SendReactionInput;

  @Field(() => LocationInput, { nullable: true, description: 'A place.' })
  location?: LocationInput;

  @Field(() => [SendContactCardInput], { nullable: true, description: 'Contacts to hand on, up to 257.' })
  contactCards?: SendContactCardInput[];

  @Field(() => ID, {
    nullable: true,
    description: 'The message it answers, shown as a quote; one that came in, or that WhatsApp has accepted.',
  })
  replyToId?: string;

  @Field(() => DateTime, { nullable: true, description: 'Send it then: a year ahead at most. Needs `timeZone`.' })
  scheduledAt?: Date;

  @Field(() => String, { nullable: true, description: 'The time zone in which `scheduledAt` was chosen, such as `Asia/Riyadh`.' })
  timeZone?: string;

  @Field(() => String, { nullable: true, description: 'Why it is to wait until somebody releases it; up to 500 characters.' })
  holdReason?: string;

  @Field(() => ID, {
    description: 'Made by you, one for each message: repeated with it, the same message is not sent twice. Kept 24 hours.',
  })
  idempotencyKey!: string;

  @Field(() => Cursor, {
    nullable: true,
    description: 'The newest event you have seen: refused with CONVERSATION_MOVED when somebody wrote after it.',
  })
  lastSeen?: string;
}
