import { Field, ID, InputType } from 'type-graphql';

@InputType({
  description: 'A file to send. Its type decides whether it arrives as a picture, a film, sound, a sticker or a document.',
})
export class SendMediaInput {
  @Field(() => ID, { description: 'What the upload by `POST /media` gave, or a file that was received.' })
  mediaId!: string;

  @Field(() => String, { nullable: true, description: 'Up to 1,024 characters below a picture, a film or a document.' })
  caption?: string;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Sound: whether it goes as a voice message, which must be OGG with Opus; as the upload said without it.',
  })
  isVoice?: boolean;

  @Field(() => String, { nullable: true, description: 'What a document is called at the customer; its own name by default.' })
  fileName?: string;
}
